// Lights up the passage that an address names, as #char=120,180 does (after RFC 5147): characters are counted in
// code points, from 0, and the last is not part of it. Without this script the browser goes to its first words.

const NAMED = /^#char=(\d+),(\d+)$/;

function light() {
  const named = NAMED.exec(decodeURIComponent(location.hash));
  const [start, end] = named ? [Number(named[1]), Number(named[2])] : [0, 0];
  let first = null;
  for (const piece of document.querySelectorAll("[data-c]")) {
    const from = Number(piece.dataset.c);
    const to = from + Number(piece.dataset.n ?? [...piece.textContent].length);
    const within = from < end && to > start;
    piece.classList.toggle("lit", within);
    if (within && first === null) first = piece;
  }
  if (first && !document.getElementById(location.hash.slice(1))) first.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", light);
light();
