// An answer within a page of others: the tabs and one line about it, nothing else.
import { show, summary } from "./answer.js";
import { ask } from "./asking.js";

const at = (id) => document.getElementById(id);
const more = [...new URLSearchParams(location.search)].filter(([name]) => /-graph-uri$|^timeout$/.test(name));

const known = at("fault").dataset.kind;
if (!known || known === "answer-too-large") {
  at("fault").replaceChildren();
  try {
    const answer = await ask(JSON.parse(at("asked").textContent), more);
    at("state").replaceChildren(...summary(answer));
    show(at("shown"), answer, location.hash.slice(1));
  } catch (error) {
    at("fault").textContent = error.message;
  }
}
document.documentElement.dataset.editor = "ready";
