// What all pages have beside their own: hints, the other theme, all tables on paper.
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  // ------------------------------------------------------------------------------------- hints
  // A title shows only under a mouse and only after a while; this shows at once, and for keys too.

  const tip = byId("tip");
  let hinted = null, title = null;

  function showTip(event) {
    const mark = event.target.closest?.("svg .mark");
    if (mark === hinted) return;
    hideTip();
    hinted = mark;
    title = mark && one("title", mark);
    if (!title) return;
    tip.textContent = title.textContent;
    if (event.type === "pointerover") {  // or the browser would show the title as well
      mark.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    tip.hidden = false;
    const box = mark.getBoundingClientRect(), size = tip.getBoundingClientRect();
    const left = Math.min(box.left + box.width / 2 - size.width / 2, innerWidth - size.width - 8);
    const above = box.top - size.height - 8;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 8 ? above : Math.min(box.bottom + 8, innerHeight - size.height - 8)}px`;
  }

  function hideTip() {
    if (title && !title.isConnected) {
      hinted.prepend(title);
      hinted.removeAttribute("aria-label");
    }
    hinted = title = null;
    tip.hidden = true;
  }

  document.addEventListener("pointerover", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("focusout", hideTip);
  document.addEventListener("pointerleave", hideTip);
  document.addEventListener("change", hideTip, { capture: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
  addEventListener("scroll", hideTip, { passive: true, capture: true });

  // ------------------------------------------------------------------------------------- theme

  const theme = byId("theme"), dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const label = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    label();
  });
  dark.addEventListener("change", label);
  label();
  theme.hidden = false;

  // ------------------------------------------------------------------------------------- print

  // Tables must be on paper too, also where the browser's styles cannot unfold them. What is in
  // periods, a hundred sheets of it, is printed only if the reader has unfolded it.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details:not([open], .period)");
    for (const fold of unfolded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of unfolded) fold.open = false; });
})();
