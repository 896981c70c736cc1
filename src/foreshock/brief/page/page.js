// The page is whole without this. It adds: a day to move to, filters, permalinks that hold both,
// sources at the side, and files to save. Nothing is ever fetched, and no text becomes markup.
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);
  const byId = (id) => document.getElementById(id);
  const tell = (text) => { byId("said").textContent = text; };

  // ------------------------------------------------------------------------------------ state
  // What a permalink holds: the day, the filters, what is open at the side, and where to look.

  const day = byId("day"), shown = byId("shown"), actor = byId("actor"), belief = byId("belief");
  const first = Date.parse(`${day.dataset.first}T00:00Z`), last = Number(day.max), DAY = 864e5;
  const iso = (index) => new Date(first + index * DAY).toISOString().slice(0, 10);
  const inWords = (when) => new Date(when).toLocaleDateString("en-GB",
    { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const initial = { day: iso(last), actor: "", belief: "0", open: "", at: "" };
  let state = { ...initial };

  const hashOf = (wanted) => {
    const parts = Object.entries(wanted).filter(([name, value]) => value !== initial[name]);
    if (parts.length === 1 && wanted.at) return `#${wanted.at}`;
    return parts.length ? `#${new URLSearchParams(parts)}` : "";
  };

  function stateOf(hash) {
    if (!hash.includes("=")) return { ...initial, at: decode(hash.slice(1)) };
    const parts = new URLSearchParams(hash.slice(1));
    const found = Object.keys(initial).filter((name) => parts.has(name));
    const wanted = { ...initial, ...Object.fromEntries(found.map((name) => [name, parts.get(name)])) };
    const index = Math.round((Date.parse(wanted.day) - first) / DAY);
    wanted.day = iso(Number.isFinite(index) ? Math.min(Math.max(index, 0), last) : last);
    for (const select of [actor, belief]) {
      if (![...select.options].some((option) => option.value === wanted[select.id])) {
        wanted[select.id] = initial[select.id];
      }
    }
    return wanted;
  }

  function decode(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }

  function go(change, how = "pushState") {
    state = { ...state, at: "", ...change };
    // Some places where a file may be opened forbid this; the page works all the same.
    try { history[how](null, "", hashOf(state) || location.pathname + location.search); } catch {}
    show();
  }

  function show() {
    const index = Math.round((Date.parse(state.day) - first) / DAY);
    day.value = index;
    shown.textContent = inWords(state.day);
    day.setAttribute("aria-valuetext", shown.textContent);
    actor.value = state.actor;
    belief.value = state.belief;
    showDay(index);
    showFilters();
    showPanel();
  }

  // -------------------------------------------------------------------------------------- day

  const onMap = all("#map .mark[data-day]"), places = all("#map .place");
  const onLine = all("#timeline .mark[data-known]"), now = one("#timeline .now[data-x0]");

  function showDay(index) {
    const today = iso(index), weekAgo = iso(index - 7);
    for (const mark of onMap) {
      const { day: start, end = start, known = start } = mark.dataset;
      mark.classList.toggle("away", known > today || start > today || end <= weekAgo);
    }
    for (const place of places) {
      const states = all(".state", place);
      const holds = states.findLast((state) => state.dataset.from <= today);
      for (const state of states) state.classList.toggle("away", state !== holds);
    }
    for (const mark of onLine) mark.classList.toggle("later", mark.dataset.known > today);
    if (now) {
      const x0 = Number(now.dataset.x0), x1 = Number(now.dataset.x1);
      now.setAttribute("transform", `translate(${x0 + (x1 - x0) * index / last} 0)`);
    }
  }

  let playing = 0;
  function play(on) {
    clearInterval(playing);
    playing = 0;
    byId("play").textContent = on ? "Pause" : "Play";
    if (!on) return;
    if (Number(day.value) === last) go({ day: iso(0) }, "replaceState");
    playing = setInterval(() => {
      go({ day: iso(Number(day.value) + 1) }, "replaceState");
      if (Number(day.value) === last) play(false);
    }, 450);
  }

  day.addEventListener("input", () => {
    play(false);
    state.day = iso(Number(day.value));
    show();
  });
  day.addEventListener("change", () => go({ day: iso(Number(day.value)) }, "replaceState"));
  byId("play").addEventListener("click", () => play(!playing));

  // ---------------------------------------------------------------------------------- filters

  const acts = all(".act"), sure = new Map(acts.map((act) => [act.id, Number(act.dataset.belief)]));
  const filtered = all(".mark, tr[data-actors], .act, .changes > li[data-actors]");
  const sureness = (item) => {
    if (item.dataset.belief) return Number(item.dataset.belief);
    const link = item.matches("[href]") ? item : one("[href^='#event-']", item);
    return sure.get(link?.getAttribute("href").slice(1)) ?? 100;
  };
  let filters = "";

  function showFilters() {
    const wanted = `${state.actor} ${state.belief}`;
    if (wanted === filters || (!filters && wanted === " 0")) return;
    filters = wanted;
    const least = 100 * Number(state.belief);
    for (const item of filtered) {
      const who = item.dataset.actors;
      const other = state.actor && who !== undefined && !who.split(" ").includes(state.actor);
      item.classList.toggle("off", Boolean(other) || (least > 0 && sureness(item) < least));
    }
    const left = acts.filter((act) => !act.matches(".off")).length;
    tell(`${left} of ${acts.length} acts are shown`);
  }

  for (const select of [actor, belief]) {
    select.addEventListener("change", () => go({ [select.id]: select.value }));
  }
  byId("reset").addEventListener("click", () => {
    play(false);
    go({ ...initial, open: state.open });
  });

  // ------------------------------------------------------------------------ sources at the side

  const panel = byId("panel"), body = byId("panel-body");
  const SOURCES = /^#(event|claim|tie|edge)-/;
  const NAMES = { event: "Act", claim: "Claim", tie: "Standing tie", edge: "Between two actors" };
  let opener = null, opened = "";

  function showPanel() {
    if (state.open === opened) return;
    const target = state.open && SOURCES.test(`#${state.open}`) ? byId(state.open) : null;
    opened = target ? state.open : "";
    if (!target) {
      panel.close();
      if (opener?.isConnected) opener.focus({ preventScroll: true });
      opener = null;
      return;
    }
    // A claim is shown within its act, so that what others say of it stands beside it.
    const entry = target.closest(".act") || target;
    const copy = entry.localName === "details" ? one(".scroll", entry).cloneNode(true) : entry.cloneNode(true);
    if (target !== entry) one(`#${CSS.escape(target.id)}`, copy).classList.add("pointed");
    for (const part of [copy, ...all("[id]", copy)]) part.removeAttribute("id");
    for (const part of [copy, ...all(".off", copy)]) part.classList.remove("off");
    byId("panel-title").textContent = NAMES[state.open.split("-")[0]];
    byId("panel-link").setAttribute("href", `#${state.open}`);
    const list = copy.localName === "li" ? make("ul", { className: "claims" }) : make("div");
    list.append(copy);
    const head = entry.localName === "details" ? make("p", { textContent: one("summary", entry).textContent }) : "";
    body.replaceChildren(head, list);
    panel.scrollTop = 0;
    if (!panel.open) panel.show();
    byId("panel-title").focus();
  }

  const close = () => { if (state.open) go({ open: "" }); };
  byId("panel-close").addEventListener("click", close);
  byId("panel-copy").addEventListener("click", () => copyLink(state));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    const href = link?.getAttribute("href") || "", id = href.slice(1);
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!plain || !href.startsWith("#") || !byId(id)) return;
    event.preventDefault();
    if (SOURCES.test(href) && link.id !== "panel-link" && !link.closest("#evidence")) {
      if (!panel.contains(link)) opener = link;
      go({ open: id });
    } else {
      opener = null;
      go({ open: "", at: id });
      travel(id);
      if (link.matches(".here")) copyLink(state);
    }
  });

  function copyLink(wanted) {
    const address = location.href.split("#")[0] + hashOf(wanted);
    const copied = navigator.clipboard?.writeText(address) || Promise.reject();
    copied.then(() => tell("Link copied"), () => tell("The link stands in the address bar"));
  }

  function travel(id) {
    const target = byId(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    for (const part of all(".pointed")) part.classList.remove("pointed");
    if (target.matches(".act, #evidence li")) target.classList.add("pointed");
    for (const part of [target, target.closest(".act")]) part?.classList.remove("off");
    target.scrollIntoView();
    if (!target.matches("a, button, input, select, summary, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  // A plain anchor leaves day and filters as they are; an address with a state sets them all.
  function arrive() {
    const wanted = stateOf(location.hash);
    const plain = location.hash.length > 1 && !location.hash.includes("=");
    state = plain ? { ...state, open: "", at: wanted.at } : wanted;
    show();
    if (state.at) travel(state.at);
  }
  addEventListener("popstate", arrive);

  // ------------------------------------------------------------------------------ files to save

  function save(name, type, content) {
    const blob = content instanceof Blob ? content : new Blob([content], { type });
    const link = make("a", { href: URL.createObjectURL(blob), download: `${name}-${state.day}` });
    link.download += { "text/csv": ".csv", "application/geo+json": ".geojson", "image/png": ".png" }[type];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
    tell(`Saved ${link.download}`);
  }

  // A spreadsheet would run a cell that begins with one of these as a formula; numbers are harmless.
  const risky = (text) => /^'*[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
  const cell = (text) => `"${(risky(text) ? "'" : "") + text.replaceAll('"', '""')}"`;

  function csv(table) {
    const rows = all("tr:not(.off)", table).map((row) => [...row.cells].map((item) => item.textContent.replace(/\s+/g, " ").trim()));
    return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  function geojson(part) {
    const features = all("[data-lon][data-lat]:not(.off)", one("svg", part) || part).map((mark) => {
      const { lon, lat, ...properties } = mark.dataset;
      return {
        type: "Feature",
        geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] },
        properties: { name: one("title", mark)?.textContent || "", ...properties, link: mark.getAttribute("href") || "" },
      };
    });
    return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
  }

  function png(svg, title, done) {
    const { width, height } = svg.viewBox.baseVal, scale = 2, head = 34;
    const canvas = make("canvas", { width: width * scale, height: (height + head) * scale });
    const context = canvas.getContext("2d"), root = getComputedStyle(document.documentElement);
    context.fillStyle = root.getPropertyValue("--paper");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.scale(scale, scale);
    context.fillStyle = root.getPropertyValue("--ink");
    context.font = "600 14px system-ui, sans-serif";
    const other = state.day === initial.day ? "" : `, shown: ${shown.textContent}`;
    context.fillText(`${title} – ${document.title}${other}`, 8, 21, width - 16);
    context.translate(-svg.viewBox.baseVal.x, head - svg.viewBox.baseVal.y);
    for (const part of svg.children) paint(context, part, 1);
    canvas.toBlob(done, "image/png");
  }

  // The picture is painted shape by shape: an image of it would have to be loaded, which the page's
  // policy forbids. Only what the pictures are made of is known here: shapes, text, links, groups.
  function paint(context, part, above) {
    const style = getComputedStyle(part), opacity = above * Number(style.opacity);
    if (style.display === "none" || style.visibility === "hidden" || !(part instanceof SVGGraphicsElement)) return;
    context.save();
    const turn = part.transform.baseVal.consolidate()?.matrix;
    if (turn) context.transform(turn.a, turn.b, turn.c, turn.d, turn.e, turn.f);
    if (part instanceof SVGTextContentElement) write(context, part, opacity);
    else if (part instanceof SVGGeometryElement) ink(context, style, opacity, outline(part));
    else for (const inner of part.children) paint(context, inner, opacity);
    context.restore();
  }

  function outline(shape) {
    const path = new Path2D(), at = (name) => shape[name].baseVal.value;
    if (shape.localName === "path") path.addPath(new Path2D(shape.getAttribute("d")));
    else if (shape.localName === "rect") path.roundRect(at("x"), at("y"), at("width"), at("height"), at("rx"));
    else if (shape.localName === "circle") path.arc(at("cx"), at("cy"), at("r"), 0, 7);
    else if (shape.localName === "ellipse") path.ellipse(at("cx"), at("cy"), at("rx"), at("ry"), 0, 0, 7);
    else if (shape.localName === "line") { path.moveTo(at("x1"), at("y1")); path.lineTo(at("x2"), at("y2")); }
    else {
      for (const point of shape.points) path.lineTo(point.x, point.y);
      if (shape.localName === "polygon") path.closePath();
    }
    return path;
  }

  function ink(context, style, opacity, path) {
    if (style.fill !== "none") {
      context.globalAlpha = opacity * Number(style.fillOpacity);
      context.fillStyle = style.fill;
      context.fill(path, style.fillRule);
    }
    if (style.stroke !== "none") {
      stroke(context, style, opacity);
      context.stroke(path);
    }
  }

  function stroke(context, style, opacity) {
    context.globalAlpha = opacity * Number(style.strokeOpacity);
    context.strokeStyle = style.stroke;
    context.lineWidth = parseFloat(style.strokeWidth);
    context.lineCap = style.strokeLinecap;
    context.lineJoin = style.strokeLinejoin;
    context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  }

  function write(context, text, opacity) {
    let index = 0;
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const said = nodes.currentNode.data, style = getComputedStyle(nodes.currentNode.parentElement);
      if (nodes.currentNode.parentElement.localName === "title") continue;
      if (said && index < text.getNumberOfChars()) {
        const start = text.getStartPositionOfChar(index);
        context.save();
        context.translate(start.x, start.y);
        context.rotate(text.getRotationOfChar(index) * Math.PI / 180);
        context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        if (style.stroke !== "none") {
          stroke(context, style, opacity);
          context.strokeText(said, 0, 0);
        }
        context.globalAlpha = opacity * Number(style.fillOpacity);
        context.fillStyle = style.fill;
        context.fillText(said, 0, 0);
        context.restore();
      }
      index += said.length;
    }
  }

  for (const part of all(".panel")) {
    const title = one("h3", part).textContent, tools = one(".tools", part), svg = one("svg", part);
    const button = (name, what, act, into) => into.append(
      make("button", { type: "button", textContent: name, ariaLabel: `${name} of: ${what}`, onclick: act }));
    if (svg) button("PNG", title, () => png(svg, title, (blob) => save(part.id, "image/png", blob)), tools);
    if (one("svg [data-lon]", part)) {
      button("GeoJSON", title, () => save(part.id, "application/geo+json", geojson(part)), tools);
    }
    all("table", part).forEach((table, index, tables) => {
      const alone = tables.length === 1, name = alone ? part.id : `${part.id}-${index + 1}`;
      const into = alone ? tools : make("div", { className: "tools" });
      if (!alone) table.closest(".scroll").before(into);
      button("CSV", table.caption.textContent, () => save(name, "text/csv", csv(table)), into);
    });
  }

  // Where a map is wider than the screen, the places come first, not the sea beside them.
  for (const sheet of all(".scroll:has(> svg.map, > svg.flows)")) {
    const spread = all(".place, .site", sheet).map((place) => place.getBoundingClientRect().x);
    const middle = spread.reduce((sum, x) => sum + x, 0) / spread.length - sheet.getBoundingClientRect().x;
    if (spread.length) sheet.scrollLeft = middle - sheet.clientWidth / 2;
  }

  byId("controls").hidden = false;
  arrive();
})();
