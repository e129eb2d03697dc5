// The section below an answer that says how to use it elsewhere, and the links that download it.
import { clients, permalink } from "./clients.js";
import { element } from "./page.js";

const LONGEST = 8000; // characters of an address that proxies and browsers surely take
const FORMATS = {
  rows: [["csv", "CSV"], ["tsv", "TSV"], ["json", "JSON"], ["xml", "XML"]],
  graph: [["turtle", "Turtle"], ["ntriples", "N-Triples"], ["jsonld", "JSON-LD"], ["rdfxml", "RDF/XML"]],
};
FORMATS.boolean = FORMATS.rows.slice(2);

/** Links to the whole answer in each format; a query that is too long for an address is sent by a form. */
export function downloads(endpoint, query, more, kind) {
  return FORMATS[kind].map(([format, label]) => {
    const address = permalink(endpoint, query, more, format);
    if (address.length <= LONGEST) return element("a", { href: address, download: `parley.${format}` }, label);
    const fields = [["query", query], ...more, ["format", format]].map(([name, value]) => element("input", { type: "hidden", name, value }));
    return element("form", { method: "post", action: endpoint, class: "inline" }, ...fields, element("button", { class: "quiet" }, label));
  });
}

/** Fill the section for the present query. */
export function fill(section, endpoint, query, more, kind) {
  const parts = clients(endpoint, query, more, kind).map(({ name, how, text }) => {
    const taken = element("span", { class: "note", role: "status" });
    const copy = async () => {
      await navigator.clipboard.writeText(text);
      taken.textContent = "Copied.";
    };
    const code = element("pre", { class: "scroll", tabindex: "0", "data-client": name }, element("code", {}, text));
    return element("details", { name: "use" }, element("summary", {}, name),
      element("p", { class: "note" }, how), code,
      navigator.clipboard ? element("p", { class: "row" }, element("button", { type: "button", class: "quiet", click: copy }, "Copy"), taken) : "");
  });
  section.replaceChildren(section.querySelector("h2"), ...parts);
  section.hidden = false;
}
