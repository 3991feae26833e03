"""How she gets from pose to pose: what is seen at a time, and the plan that an event leaves behind.

After each event the avatar holds where its fade and its glide stand and which poses follow by themselves;
what is seen at any later time is computed from that. What the poses mean is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from overlay.model.avatar import Avatar, Pose, Step
from overlay.model.pose import pose_at, turning_points
from overlay.model.transition import Fade, Glide


@dataclass(frozen=True, slots=True)
class Course:
    """Where she is between her poses at some time."""

    pose: Pose
    fade: Fade
    glide: Glide


def course_at(avatar: Avatar, now: float) -> Course:
    """The pose of this time, and the fade and the glide that lead to it."""
    course = Course(avatar.pose, avatar.fade, avatar.glide)
    for step in avatar.steps:
        if step.at > now:
            break
        course = _turned(course, step.pose, step.at)
    return course


def settled(avatar: Avatar, now: float) -> Avatar:
    """The avatar with a new plan, after facts about it have changed at `now`. What is seen does not jump."""
    course = _turned(course_at(avatar, now), pose_at(avatar, now), now)
    return replace(
        avatar, pose=course.pose, steps=_steps(avatar, course.pose, now), fade=course.fade, glide=course.glide
    )


def _turned(course: Course, pose: Pose, at: float) -> Course:
    return Course(pose, course.fade.toward(pose.face, at), course.glide.toward(pose.bearing.values(), at))


def _steps(avatar: Avatar, pose: Pose, now: float) -> tuple[Step, ...]:
    steps = []
    for time in turning_points(avatar, now):
        following = pose_at(avatar, time)
        if following != pose:
            steps.append(Step(time, following))
            pose = following
    return tuple(steps)
