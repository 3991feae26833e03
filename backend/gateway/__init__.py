"""The hub's front: who comes in, what they may say, and what each of them hears.

`admission` and `door` decide who may connect; `inbound` and `outbound` are the tables between
frames and the hub's commands and facts; `peers` and `outbox` know the clients; `socket` holds one
connection; `http` answers everything that is not a conversation. What she says is not known here.
"""
