// The shipped questions: found by words, and put into the editor with what they mean.
import { element, told } from "./page.js";

let loaded;

/** Have the list put an example into the editor instead of leading to its page; `use` gets its text. */
export function connect(list, explanation, use) {
  list.addEventListener("click", async (event) => {
    const item = event.target.closest("a")?.closest("[data-example]");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    loaded ??= fetch(told.examples).then((reply) => reply.json());
    const example = (await loaded).find((one) => one.name === item.dataset.example);
    explain(explanation, example);
    use(example.text);
  });
  search(list);
}

function explain(place, example) {
  place.replaceChildren(
    element("h2", {}, example.title),
    element("p", {}, example.summary),
    example.parameters.length ? element("dl", { class: "terms compact" }, ...example.parameters.map(parameter)) : "",
    element("p", { class: "note" }, "Change it as you like, or ", element("a", { href: example.address }, "ask it by a form"), "."));
  place.hidden = false;
}

function parameter({ name, description, default: given }) {
  return element("div", {}, element("dt", {}, element("code", {}, `?${name}`)), element("dd", {}, description, given ? ` Now ${given}.` : ""));
}

function search(list) {
  const [field, found] = [list.querySelector("#finding"), list.querySelector("#found")];
  const items = [...list.querySelectorAll("[data-example]")];
  field.closest("p").hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !wanted.every((word) => item.textContent.toLowerCase().includes(word));
    for (const part of list.querySelectorAll("section")) part.hidden = !part.querySelector("[data-example]:not([hidden])");
    const kept = items.filter((item) => !item.hidden).length;
    found.textContent = wanted.length ? `${kept} of ${items.length} questions` : "";
  });
}
