// The page is whole without this. It adds: another month, sorting, a filter.
// Nothing is ever fetched, and no text becomes markup.
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const tell = (text) => { byId("said").textContent = text; };

  // Every month of every country stands in its own table: from there the lists and the map take it.
  const month = byId("month"), filter = byId("filter");
  const names = ["median", "interval", "change", "deadly", "war", "onset", "doubled"];
  const told = new Map(all(".country").map((part) => [
    part.id.slice("country-".length),
    all(".ahead tbody tr", part).map((row) => [...row.cells]),
  ]));
  const initial = month.value;

  const share = (text) => {
    if (text.startsWith("under")) return 0.5;
    if (text.startsWith("over")) return 99.5;
    return parseFloat(text.replace(/,/g, "").replace("−", "-"));
  };
  const EDGES = [1, 5, 20, 45, 80];
  const tint = (text) => EDGES.filter((edge) => share(text) >= edge).length;

  function showMonth() {
    const at = Number(month.value), label = month.selectedOptions[0].textContent;
    for (const part of all(".month")) part.textContent = label;
    for (const row of all("tr[data-key]")) {
      const cells = told.get(row.dataset.key)[at];
      for (const cell of all("td[data-of]", row)) {
        const from = cells[1 + names.indexOf(cell.dataset.of)];
        cell.textContent = from.textContent.trim();
        cell.classList.toggle("alarm", from.matches(".alarm"));
      }
    }
    for (const mark of all("#map a[data-key]")) {
      const [, median, interval, , deadly] = told.get(mark.dataset.key)[at].map((cell) => cell.textContent.trim());
      mark.setAttribute("class", `mark t${tint(deadly)}`);
      const title = one("title", mark), name = title.textContent.split(`, ${mark.dataset.month || title.textContent.match(/, ([^,]*): at least/)[1]}:`)[0];
      title.textContent = `${name}, ${label}: at least 25 deaths ${deadly}; median ${median} (${interval})`;
      mark.dataset.month = label;
    }
    tell(`${label} is shown`);
  }

  function showFilter() {
    const wanted = filter.value.trim().toLocaleLowerCase();
    let left = 0;
    for (const item of all("tr[data-key], .country")) {
      const name = one("th, h3", item).textContent.toLocaleLowerCase();
      const other = Boolean(wanted) && !name.includes(wanted);
      item.classList.toggle("off", other);
      if (!other && item.matches(".country")) left += 1;
    }
    tell(`${left} of ${told.size} countries are shown`);
  }

  month.addEventListener("change", showMonth);
  filter.addEventListener("input", showFilter);
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", () => {
    filter.value = "";
    month.value = initial;
    showMonth();
    showFilter();
  });

  // ----------------------------------------------------------------------------------- sorting

  const value = (cell) => {
    const text = cell.textContent.trim();
    const number = share(text.split("–")[0] || text);
    return Number.isFinite(number) ? number : -1e9;
  };

  function sort(table, head) {
    const index = head.cellIndex, rows = all("tbody tr", table);
    const down = head.getAttribute("aria-sort") !== "descending";
    const words = index === 0;
    const order = (a, b) => words
      ? a.cells[0].textContent.localeCompare(b.cells[0].textContent)
      : value(b.cells[index]) - value(a.cells[index]);
    rows.sort(order);
    if (!down) rows.reverse();
    for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    one("tbody", table).append(...rows);
    tell(`Sorted by ${head.textContent.trim()}`);
  }

  for (const table of all("table.list")) {
    for (const head of all("thead th", table)) {
      if (head.textContent === "past and ahead") continue;
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
      button.addEventListener("click", () => sort(table, head));
      head.replaceChildren(button);
    }
  }

  // ------------------------------------------------------------------------------- where to look

  function travel() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is */ }
    const target = byId(id);
    if (!target) return;
    for (const part of all(".pointed")) part.classList.remove("pointed");
    if (target.matches(".country")) {
      target.classList.remove("off");
      target.classList.add("pointed");
      target.open = true;
    }
    target.scrollIntoView();
    if (!target.matches("a, button, summary, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  addEventListener("hashchange", travel);

  // Where the map is wider than the screen, its middle comes first, not an ocean.
  for (const sheet of all(".scroll:has(> svg.world)")) {
    sheet.scrollLeft = 0.6 * sheet.scrollWidth - sheet.clientWidth / 2;
  }

  byId("controls").hidden = false;
  travel();
})();
