// Names that begin so, below a search field: a combobox as the ARIA Authoring Practices Guide has it (list
// autocomplete with manual selection). Without this script the field is a plain one. What is chosen opens its page,
// or, with data-fills="key", stands in the field as its key, such as person/ilham-aliyev.

const WAIT = 120; // milliseconds of no typing before the server is asked

for (const field of document.querySelectorAll("input[data-suggest]")) combobox(field);

function combobox(field) {
  const list = document.createElement("ul");
  list.id = `${field.id || field.name}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const told = document.createElement("p");
  told.className = "unseen";
  told.setAttribute("role", "status");
  field.after(list, told);
  field.parentElement.classList.add("suggesting");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) field.setAttribute(name, value);

  let chosen = -1, timer = 0, asked = 0;

  function take(option) {
    if (field.dataset.fills !== "key") return location.assign(option.dataset.address);
    field.value = option.dataset.address.split("/").slice(-2).map(decodeURIComponent).join("/");
    close();
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    const options = list.children;
    if (!options.length) return;
    options[chosen]?.removeAttribute("aria-selected");
    chosen = (number + options.length) % options.length;
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function show(names, kinds, addresses) {
    list.replaceChildren(...names.map((name, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.dataset.address = new URL(addresses[number], location.href).pathname;
      const label = document.createElement("b");
      label.dir = "auto";
      label.textContent = name;
      const kind = document.createElement("span");
      kind.textContent = kinds[number];
      option.append(label, " ", kind);
      return option;
    }));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !names.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = names.length ? `${names.length} suggestion${names.length > 1 ? "s" : ""}` : "No suggestion";
  }

  async function ask() {
    const mine = ++asked, text = field.value.trim();
    if (!text) return close();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || mine !== asked) return;
      const [, names, kinds, addresses] = await answer.json();
      if (mine === asked && document.activeElement === field) show(names, kinds, addresses);
    } catch { close(); } // the form still searches
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}
