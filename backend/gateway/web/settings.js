"use strict";
// The page of the settings: it shows what `GET /settings` tells, and saves each change at once.
// Whatever came from outside is put in as text, never as HTML.

const PARTS = { backend: "the hub", llm_server: "the model", overlay: "the avatar", voice: "the voice", vision: "the eyes" };
const SOURCES = { default: "default", file: "yours", environment: "environment" };
const AWAY = "The hub does not answer. Is Alisa awake? `alisa status` tells.";
const BACK_SECONDS = 60, GONE_SECONDS = 20;
const $ = (id) => document.getElementById(id);
let running = [];

class Refused extends Error {}

/** Make an element; texts in it, `like this` as code. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) made.append(...(typeof child === "string" ? pieces(child) : [child]));
  return made;
}

function pieces(text) {
  return text.split("`").map((part, place) => (place % 2 ? code(part) : document.createTextNode(part)));
}

function code(text) {
  const made = document.createElement("code");
  made.textContent = text;
  return made;
}

/** Ask the hub. Throws Refused, with a sentence for the user. */
async function ask(method, path, body) {
  let answer, told;
  try {
    answer = await fetch(path, {
      method,
      headers: { accept: "application/json", ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
    });
    told = await answer.json();
  } catch {
    throw new Refused(AWAY);
  }
  if (answer.status === 401) throw new Refused("This page is no longer let in. Open it again with `alisa settings`.");
  if (!answer.ok) throw new Refused(`${told.message ?? "That did not work."} ${told.hint ?? ""}`.trim());
  return told;
}

// --- one setting -----------------------------------------------------------------------------

class Setting {
  constructor(row) {
    this.row = row;
    this.id = row.key.replace(".", "-");
    this.fixed = row.source === "environment";
    this.field = this.#field();
    this.saved = this.text();
    this.chip = make("span", { class: "chip" });
    this.back = make("button", { type: "button", "aria-label": `Default for ${row.key}` }, "Default");
    this.word = make("p", { class: "word", role: "status", "aria-live": "polite", id: `${this.id}-word` });
    this.element = this.#element();
    this.field.addEventListener("change", () => this.save());
    this.back.addEventListener("click", () => this.reset());
    this.#sourced(row.source);
    if (this.fixed) this.#say("", `Set by the variable \`${row.variable}\`. That wins over the file, so it cannot be changed here.`);
  }

  get name() {
    const words = this.row.key.split(".")[1].replaceAll("_", " ");
    return words[0].toUpperCase() + words.slice(1);
  }

  get haystack() {
    return `${this.row.key} ${this.name} ${this.row.description}`.toLowerCase();
  }

  /** The value as `PUT` takes it. */
  text() {
    const { kind } = this.row;
    if (kind === "bool") return String(this.field.checked);
    if (kind === "list") return JSON.stringify(this.field.value.split("\n").map((line) => line.trim()).filter(Boolean));
    return this.field.value;
  }

  show(value) {
    const { kind, secret } = this.row;
    if (kind === "bool") this.field.checked = value;
    else if (kind === "list") this.field.value = value.join("\n");
    else this.field.value = secret ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    this.saved = this.text();
  }

  async save() {
    const text = this.text();
    if (this.row.secret ? text === "" : text === this.saved) return this.#say("", "");
    await this.#change("PUT", { value: text }, (told) => {
      this.saved = text;
      if (this.row.secret) {
        this.field.value = "";
        this.field.placeholder = "set; type to replace it";
      }
      this.#sourced("file");
      return told;
    });
  }

  async reset() {
    await this.#change("DELETE", undefined, (told) => {
      this.show(this.row.default_value);
      if (this.row.secret) this.field.placeholder = "not set";
      this.#sourced("default");
      this.field.focus();
      return told;
    });
  }

  async #change(method, body, done) {
    this.#say("", "Saving …");
    this.field.removeAttribute("aria-invalid");
    try {
      done(await ask(method, `/settings/${encodeURIComponent(this.row.key)}`, body));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (method === "PUT") this.field.setAttribute("aria-invalid", "true");
      return this.#say("bad", error.message);
    }
    if (!this.row.parts.length) return this.#say("good", "Saved. It counts at once.");
    const again = this.row.parts.filter((part) => running.includes(part)).sort((a, b) => (a === "backend") - (b === "backend"));
    if (!again.length) return this.#say("good", "Saved. It counts when she starts next.");
    const names = again.map((part) => PARTS[part] ?? part).join(" and ");
    const button = make("button", { type: "button", class: "strong" }, `Restart ${names}`);
    button.addEventListener("click", () => this.#restart(again, names));
    this.#say("good", `Saved. It counts after a restart of ${names}. `, button);
  }

  async #restart(parts, names) {
    this.#say("", `Restarting ${names} …`);
    try {
      for (const part of parts) {
        await ask("POST", `/settings/restart/${part}`);
        if (part === "backend") await back();
      }
      this.#say("good", `Done: ${names} started again.`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#say("bad", error.message);
    }
  }

  #say(kind, ...words) {
    this.word.className = `word ${kind}`;
    this.word.replaceChildren(...make("span", {}, ...words).childNodes);
  }

  #sourced(source) {
    this.chip.textContent = SOURCES[source];
    this.back.hidden = source !== "file";
  }

  #field() {
    const { row, id } = this;
    const common = { id, disabled: this.fixed, "aria-describedby": `${id}-about ${id}-word` };
    let field;
    if (row.kind === "bool") field = make("input", { ...common, type: "checkbox", role: "switch" });
    else if (row.kind === "choice") {
      field = make("select", common);
      for (const choice of row.choices) field.append(new Option(choice.replaceAll("_", " "), choice));
    } else if (row.kind === "list") field = make("textarea", { ...common, rows: 3, spellcheck: "false" });
    else if (row.kind === "whole" || row.kind === "number") {
      const step = row.kind === "whole" ? 1 : "any";
      field = make("input", { ...common, type: "number", step, min: row.least ?? undefined, max: row.most ?? undefined });
    } else if (row.secret) {
      const placeholder = row.source === "default" ? "not set" : "set; type to replace it";
      field = make("input", { ...common, type: "password", autocomplete: "new-password", placeholder });
    } else field = make("input", { ...common, type: "text", autocomplete: "off", spellcheck: "false" });
    this.field = field;
    this.show(row.value);
    return field;
  }

  #default() {
    const { kind, default_value: value } = this.row;
    if (kind === "bool") return value ? "on" : "off";
    if (kind === "choice") return value.replaceAll("_", " ");
    return value === "" ? "empty" : String(value);
  }

  #element() {
    const { row, id } = this;
    const takes = { bool: "", choice: "", list: "One on each line." }[row.kind] ?? (row.secret || row.takes === "text" ? "" : `Takes ${row.takes}.`);
    const standard = row.secret || row.kind === "list" ? "" : `Default: ${this.#default()}.`;
    const about = make("p", { id: `${id}-about` }, row.description);
    const small = make("p", { class: "small" }, code(row.key), ` ${takes} ${standard}`);
    const words = make("div", {}, make("label", { class: "name", for: id }, this.name), document.createTextNode(" "), this.chip, about, small);
    return make("div", { class: "setting", "data-key": row.key }, words, make("div", { class: "control" }, this.field, this.back, this.word));
  }
}

// --- the page --------------------------------------------------------------------------------

/** Wait until the hub has gone and come back. */
async function back() {
  const wait = () => new Promise((done) => setTimeout(done, 250));
  const alive = () => fetch("/health/live", { cache: "no-store" }).then((answer) => answer.ok, () => false);
  const until = async (wanted, seconds, otherwise) => {
    for (const end = Date.now() + seconds * 1000; (await alive()) !== wanted; await wait()) {
      if (Date.now() > end) throw new Refused(otherwise);
    }
  };
  await until(false, GONE_SECONDS, "The hub did not stop. `alisa restart backend` in a terminal says why.");
  await until(true, BACK_SECONDS, "The hub did not come back at this address. `alisa status` tells.");
}

function lay(told) {
  running = told.running;
  const cards = told.sections.map((section) => {
    const settings = told.settings.filter((row) => row.key.startsWith(`${section.name}.`)).map((row) => new Setting(row));
    const heading = make("h2", { id: `${section.name}-title` }, section.title);
    const card = make("section", { id: section.name, "aria-labelledby": heading.id }, heading, make("p", { class: "faint" }, section.description));
    card.append(...settings.map((setting) => setting.element));
    const entry = make("li", {}, make("a", { href: `#${section.name}` }, section.title));
    $("contents").append(entry);
    $("sections").append(card);
    return { card, entry, settings, title: section.title.toLowerCase() };
  });
  if (told.problems.length) {
    const list = make("ul", {}, ...told.problems.map((problem) => make("li", {}, problem.message)));
    $("problems").append(make("strong", {}, "Not all of the configuration can be used:"), list);
    $("problems").hidden = false;
  }
  $("state").replaceChildren(...pieces(`Each change is saved at once, in \`${told.file}\`.`));
  $("search").addEventListener("input", () => find(cards));
  find(cards);
}

function find(cards) {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { card, entry, settings, title } of cards) {
    const shown = settings.filter((setting) => {
      const found = words.every((word) => `${title} ${setting.haystack}`.includes(word));
      setting.element.hidden = !found;
      return found;
    });
    card.hidden = entry.hidden = !shown.length;
    count += shown.length;
  }
  $("found").textContent = !words.length ? "" : count ? `${count} found` : "Nothing is called that.";
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    $("search").focus();
  }
});

ask("GET", "/settings").then(lay).catch((error) => {
  if (!(error instanceof Refused)) throw error;
  $("state").replaceChildren(...pieces(error.message));
});
