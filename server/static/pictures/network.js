// The network with a mouse or with keys: a box shows its own ties, arrows lead to the next box in their direction.
// Without this file each box and each line is still a link.

const net = document.querySelector("svg.net");
const list = document.getElementById("chosen");
const nodes = [...net.querySelectorAll("a.node")];
const lines = [...net.querySelectorAll("a.line")].map((link) => ({ link, ends: link.dataset.ends.split(" ").map(Number) }));
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const middles = nodes.map((node) => {
  const box = node.querySelector(".box").getBBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
});

function mine(node) {
  return lines.filter((line) => line.ends.includes(nodes.indexOf(node)));
}

function look(node) {
  const near = mine(node);
  net.classList.add("looking");
  nodes.forEach((one, number) => {
    one.classList.toggle("on", one === node);
    one.classList.toggle("near", near.some((line) => line.ends.includes(number)));
  });
  lines.forEach((line) => line.link.classList.toggle("near", near.includes(line)));
}

function rest() {
  net.classList.remove("looking");
  nodes.forEach((one) => one.classList.remove("on"));
  list.replaceChildren();
}

function tell(node) {
  const title = document.createElement("h2");
  title.dir = "auto";
  title.textContent = node.getAttribute("aria-label");
  const ties = document.createElement("ul");
  mine(node).forEach(({ link }) => {
    const item = document.createElement("li");
    const way = document.createElement("a");
    way.href = link.href.baseVal;
    way.textContent = link.getAttribute("aria-label");
    item.append(way);
    ties.append(item);
  });
  list.replaceChildren(title, ties);
}

// The box that lies furthest in a direction for the least way aside.
function beyond(node, [dx, dy]) {
  const [x, y] = middles[nodes.indexOf(node)];
  let best = null;
  let least = Infinity;
  middles.forEach(([ox, oy], number) => {
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along > 1 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = nodes[number];
    }
  });
  return best;
}

// One box at a time is in the order of Tab: the one that was looked at last.
function reach(node) {
  nodes.forEach((one) => one.setAttribute("tabindex", one === node ? "0" : "-1"));
}

reach(nodes[0]);
nodes.forEach((node) => {
  node.addEventListener("focus", () => { reach(node); look(node); tell(node); });
  node.addEventListener("mouseenter", () => look(node));
  node.addEventListener("mouseleave", () => (net.contains(document.activeElement) ? look(document.activeElement) : rest()));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { node.blur(); rest(); return; }
    const next = WAYS[event.key] && beyond(node, WAYS[event.key]);
    if (WAYS[event.key]) event.preventDefault();
    if (next) next.focus();
  });
});
