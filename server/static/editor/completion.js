// Completes prefixes, terms of the vocabulary and things of the graph in Yasqe; no other server is asked.
import { compact, element, told } from "./page.js";

const MOST = 40; // suggestions at a time
const COMPLETERS = ["variables", "parley-prefixes", "parley-terms"];
let terms = []; // of /completion.json, most used first
const byName = new Map();
const suggested = new Map(); // what /suggest said, by what was typed

/** Have Yasqe use these completers and forget its own, which ask an outside service. */
export function register() {
  const prefixes = Object.entries(told.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "parley-prefixes", persistenceId: null, get: () => prefixes }, false);
  Yasqe.forkAutocompleter("class", {
    name: "parley-terms",
    persistenceId: null,
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (editor) => place(editor) !== undefined,
    preProcessToken: (editor, token) => token,
    get: (editor, token) => found(place(editor) ?? "thing", token),
    postProcessSuggestion: (editor, token, suggestion) => suggestion,
    postprocessHints: (editor, hints) => hints.map((hint) => ({ ...hint, render: (line) => line.append(...described(hint.text)) })),
  }, false);
  Yasqe.defaults.autocompleters = COMPLETERS; // a configuration would be merged with the defaults, place by place
  for (const name of ["prefixes", "class", "property"]) delete Yasqe.Autocompleters[name];
}

/** Fetch the terms, once; until they are there nothing but prefixes, variables and things is completed. */
export async function prepare() {
  if (terms.length) return;
  terms = (await (await fetch(told.completion)).json()).terms;
  for (const term of terms) byName.set(term.name, term);
}

/** Complete while somebody types a term or a name, but not when the cursor only moves. */
export function whileTyping(editor) {
  editor.on("inputRead", (_, change) => {
    const typed = editor.getCompleteToken().string;
    const begun = /^[a-z]*:\S/.test(typed) || /^<?\p{L}{3,}$/u.test(typed);
    if (change.origin === "+input" && begun && !editor.state.completionActive && place(editor)) editor.autocomplete();
  });
}

/** What the cursor waits for: a class, a property or a thing; nothing where no term may stand. */
function place(editor) {
  const token = editor.getCompleteToken();
  if (/^[?$"'#]/.test(token.string) || token.type === "comment" || !token.string.trim()) return undefined;
  const before = editor.getPreviousNonWsToken(editor.getDoc().getCursor().line, token);
  if (/^(prefix|base)$/i.test(before?.string ?? "")) return undefined;
  if (["a", "rdf:type", "rdfs:domain", "rdfs:range", "rdfs:subClassOf"].includes(before?.state?.lastProperty)) return "class";
  return token.state.possibleCurrent?.includes("a") ? "property" : "thing";
}

async function found(wanted, token) {
  const typed = token.string.replace(/^</, "").trim();
  const [prefix, local] = typed.includes(":") && !typed.includes("/") ? typed.split(":", 2) : [undefined, typed];
  const fits = terms.filter((term) => (prefix === undefined || term.name.startsWith(`${prefix}:`)) && kinds(wanted, prefix).some((kind) => term.kind.includes(kind)));
  const ranked = fits.map((term) => [rank(term, local.toLowerCase()), term.name]).filter(([place]) => place < 9);
  ranked.sort(([one], [other]) => one - other); // stable, so the most used come first among those that fit alike
  const things = wanted === "thing" && prefix === undefined && local.length > 1 ? await suggestions(local) : [];
  return [...things, ...ranked.map(([, name]) => name)].slice(0, MOST);
}

const kinds = (wanted, prefix) =>
  wanted === "class" ? ["class"] : wanted === "property" ? ["property"] : prefix === undefined ? ["relation", "value", "plover", "cameo", "pax"] : [""];

function rank(term, typed) {
  const [name, label] = [term.name.replace(/>$/, "").replace(/^.*[:/#]/, "").toLowerCase(), term.label.toLowerCase()];
  if (name.startsWith(typed)) return 0;
  if (label.startsWith(typed)) return 1;
  if (label.includes(` ${typed}`)) return 2;
  if (name.includes(typed) || label.includes(typed)) return 3;
  return typed.length > 3 && term.definition.toLowerCase().includes(typed) ? 4 : 9;
}

/** IRIs of things whose names begin so, as the search box suggests them. */
async function suggestions(typed) {
  const [, labels, descriptions, addresses] = await (await fetch(`${new URL(told.suggestions).pathname}?q=${encodeURIComponent(typed)}`)).json();
  return addresses.map((address, index) => {
    const key = new URL(address).pathname.split("/id/")[1];
    const iri = `<${told.base}id/${decodeURIComponent(key)}>`;
    suggested.set(iri, { label: labels[index], definition: descriptions[index] });
    return iri;
  });
}

function described(text) {
  const term = byName.get(text) ?? suggested.get(text) ?? { label: "", definition: "" };
  const uses = term.uses ? ` · ${term.uses.toLocaleString("en")} ×` : "";
  const name = text.startsWith("<") ? compact(text.slice(1, -1)) : text;
  return [
    element("b", {}, name),
    element("span", { class: "what" }, `${term.label}${uses}`),
    element("span", { class: "why" }, term.definition),
  ];
}
