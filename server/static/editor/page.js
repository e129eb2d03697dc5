// What every script here works with: what the server told the page, elements, and terms as people read them.

/** What the server told this page: addresses, prefixes, where things are found. */
export const told = JSON.parse(document.getElementById("told").textContent);

/** An element with attributes (those that are functions listen) and children, which are text or elements. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(attribute, value);
    else if (value === true) made.setAttribute(attribute, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(attribute, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

/** An IRI as people read it: `state/armenia` for things of this graph, else `parley:Statement`. */
export function compact(iri) {
  if (iri.startsWith(`${told.base}id/`)) return iri.slice(told.base.length + 3);
  for (const [prefix, namespace] of Object.entries(told.prefixes)) {
    if (iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return iri;
}

/** Where a reader finds an IRI: on this server if it is ours, else where it says; nothing for no web address. */
export function address(iri) {
  for (const [namespace, place] of Object.entries(told.places)) {
    if (iri.startsWith(namespace)) return place + iri.slice(namespace.length);
  }
  return /^https?:\/\//.test(iri) ? iri : undefined;
}

/** A term of an answer as an element: a link where it names something, else its text in its language. */
export function shown(term, text) {
  if (!term) return element("span");
  if (term.type === "uri") {
    const href = address(term.value);
    return element(href ? "a" : "span", { href, title: text && compact(term.value), dir: "auto" }, text ?? compact(term.value));
  }
  if (term.type === "triple") {
    const part = (one) => (one.type === "literal" ? element("span", {}, spelt(one)) : shown(one));
    const { subject, predicate, object } = term.value;
    return element("span", {}, "<<( ", part(subject), " ", part(predicate), " ", part(object), " )>>");
  }
  if (term.type === "bnode") return element("span", { title: `_:${term.value}` }, spelt(term));
  return element("span", { lang: term["xml:lang"], dir: "auto" }, term.value);
}

const LETTERS = 7; // of the key of a blank node, which may have 32

/** A term in one line: as a query writes it where it is a triple or a part of one. */
export function spelt(term) {
  if (term.type === "uri") return compact(term.value);
  if (term.type === "bnode") return `_:${term.value.slice(0, LETTERS)}`;
  if (term.type === "triple") return `<<( ${[term.value.subject, term.value.predicate, term.value.object].map(spelt).join(" ")} )>>`;
  return `${JSON.stringify(term.value)}${term["xml:lang"] ? `@${term["xml:lang"]}` : ""}`;
}

/** A number as people read it. */
export const count = (number) => number.toLocaleString("en");

/** `1 row`, `2 rows`. */
export const counted = (number, one) => `${count(number)} ${one}${number === 1 ? "" : "s"}`;

const loading = new Map();

/** Load a classic script or a style sheet once; resolves when it is there. */
export function load(file) {
  if (!loading.has(file)) {
    loading.set(file, new Promise((resolve, reject) => {
      const style = new URL(file, document.baseURI).pathname.endsWith(".css");
      const made = style ? element("link", { rel: "stylesheet", href: file }) : element("script", { src: file });
      made.addEventListener("load", () => resolve());
      made.addEventListener("error", () => reject(new Error(`${file} did not load. Is the server still there?`)));
      document.head.append(made);
    }));
  }
  return loading.get(file);
}

/** Load what a view is drawn with; data files give their content, in order. Raises where anything is missing. */
export async function loadFor(view) {
  const files = told.drawnWith[view];
  if (!files.length) throw new Error("What this is drawn with is not on this server yet: `make assets` fetches it.");
  const [data, parts] = [files.filter((file) => file.endsWith(".json")), files.filter((file) => !file.endsWith(".json"))];
  await Promise.all(parts.map(load));
  return Promise.all(data.map(async (file) => (await fetch(file)).json()));
}
