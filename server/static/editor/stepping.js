// Going through what is drawn with the keyboard: arrows choose the next and the one before, Home and End the ends.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Make a drawing one stop of the Tab key; `choose` is told which of `ids` an arrow came to. */
export function stepThrough(place, label, ids, choose) {
  let at = -1;
  Object.assign(place, { tabIndex: 0, role: "application", ariaLabel: `${label}: ${ids.length} in all. Arrow keys go from one to the next; the table has the same rows` });
  place.onkeydown = (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    at = Math.max(0, Math.min(ids.length - 1, at + step));
    choose(ids[at]);
  };
}
