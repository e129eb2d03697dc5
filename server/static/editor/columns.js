// What the columns of an answer hold: things, numbers, days; and how things are called.
import { rowsOf } from "./asking.js";
import { compact, element, spelt, told } from "./page.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger", "positiveInteger"].map((name) => XSD + name));
const DAYS = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name));
const BESIDE = /^(source|span|outlet|graph|g)$/i; // columns that say where a row was read
const NAMED = 400; // things whose names are looked up for one view

export const isNumber = (term) => term?.type === "literal" && NUMBERS.has(term.datatype) && Number.isFinite(Number(term.value));
export const isDay = (term) => term?.type === "literal" && DAYS.has(term.datatype);
export const isThing = (term) => term?.type === "uri" || term?.type === "bnode";

/** The columns in which every bound term, and at least one, passes the test. */
export function columnsOf(answer, test) {
  return answer.columns.filter((column) => {
    const bound = answer.rows.map((row) => row[column]).filter(Boolean);
    return bound.length > 0 && bound.every(test);
  });
}

/** The column that tells the names of the things in another (`round`, `roundLabel`), if there is one. */
export const labelColumn = (answer, column) => answer.columns.find((name) => name === `${column}Label`);

const distinct = (answer, column) => new Set(answer.rows.map((row) => row[column]?.value)).size;

/** The columns that have a name of something, those that tell rows apart best first; then whatever there is. */
export function nameColumns(answer) {
  const labels = answer.columns.filter((column) => /label|name/i.test(column));
  const things = columnsOf(answer, isThing).filter((column) => !labelColumn(answer, column));
  const telling = [...labels, ...things.filter((column) => !BESIDE.test(column))];
  telling.sort((one, other) => distinct(answer, other) - distinct(answer, one));
  return [...new Set([...telling, ...answer.columns])];
}

/** The columns of things of this graph first, without those that only say where it was read. */
export function thingColumns(answer) {
  const weight = (column) => (BESIDE.test(column) ? 2 : 0) + (answer.rows.some((row) => row[column]?.type === "uri" && row[column].value.startsWith(`${told.base}id/`)) ? 0 : 1);
  return columnsOf(answer, isThing).sort((one, other) => weight(one) - weight(other));
}

/** The day of a term as a Date, at its beginning or, for an end, at the end of what it names; or nothing. */
export function day(term, end = false) {
  const [, sign, year, month, rest] = /^(-?)(\d{4,})(?:-(\d\d))?(?:-(\d\d.*))?$/.exec(term?.value ?? "") ?? [];
  if (!year || sign) return undefined;
  if (rest?.includes("T")) return new Date(term.value);
  const of = rest && Number(rest.slice(0, 2));
  const made = new Date(Date.UTC(Number(year), month ? month - 1 : 0, of || 1));
  if (end && of) made.setUTCDate(made.getUTCDate() + 1);
  else if (end && month) made.setUTCMonth(made.getUTCMonth() + 1);
  else if (end) made.setUTCFullYear(made.getUTCFullYear() + 1);
  return made;
}

const known = new Map();

/** The names of the things among these terms, by IRI, as far as the graph has any. */
export async function names(terms) {
  const iris = [...new Set(terms.filter((term) => term?.type === "uri").map((term) => term.value))];
  const wanted = iris.filter((iri) => !known.has(iri) && !/[<>"{}|^`\\\s]/.test(iri)).slice(0, NAMED);
  if (wanted.length) {
    const values = wanted.map((iri) => `<${iri}>`).join(" ");
    const query = `SELECT ?thing (SAMPLE(?name) AS ?label) { VALUES ?thing { ${values} }
      ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?name } GROUP BY ?thing`;
    for (const row of await rowsOf(query)) known.set(row.thing.value, row.label.value);
  }
  return known;
}

/** A term in words: its name if one is known, else as it is read. */
export function words(term, called = known) {
  if (!term) return "";
  if (term.type === "uri") return called.get(term.value) ?? compact(term.value);
  return term.type === "literal" ? term.value : spelt(term);
}

/** A labelled choice among columns; `chosen` is called with the new one. */
export function choice(label, columns, present, chosen, none) {
  const options = [...(none ? [["", none]] : []), ...columns.map((column) => [column, column])];
  const select = element("select", { change: () => chosen(select.value || undefined) },
    ...options.map(([value, text]) => element("option", { value, selected: value === (present ?? "") }, text)));
  return element("label", { class: "choice" }, label, " ", select);
}
