// Search, filters, sorting and copying. Everything is readable without this script; on paper it shows everything.
(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const fold = (text) => text.toLowerCase().replace(/\s+/g, "");

  for (const button of all("button.copy")) {
    button.hidden = false;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const address = button.parentElement.querySelector(".addr");
    copy(address.getAttribute("href") || address.textContent).then((done) => {
      button.textContent = done ? "已复制" : "未能复制";
      setTimeout(() => { button.textContent = "复制地址"; }, 2000);
    });
  });
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(() => true, () => copyBySelection(text));
    }
    return Promise.resolve(copyBySelection(text));
  }
  function copyBySelection(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden-words";
    document.body.append(field);
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    field.remove();
    return done;
  }

  for (const button of all("button.print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const resets = [];
  const wordsOf = (field) => field.value.split(/\s+/).filter(Boolean).map(fold);

  const findings = document.querySelector('[data-tools="findings"]');
  if (findings) {
    findings.hidden = false;
    const groups = all(".group");
    const holder = document.querySelector(".groups");
    const nothing = document.querySelector(".nothing");
    const flat = document.createElement("div");
    const cards = all(".groups .card").map((card, place) => ({
      card, place, home: card.parentElement, text: fold(card.textContent),
      where: fold((card.querySelector(".path") || card.querySelector(".addr") || card).textContent),
      number: card.querySelector(".number").textContent,
    }));
    const find = byId("find"), kind = byId("kind"), change = byId("change"), order = byId("order"), tally = findings.querySelector(".tally");
    const orders = {
      due: (a, b) => a.card.dataset.due.localeCompare(b.card.dataset.due) || a.place - b.place,
      place: (a, b) => a.where.localeCompare(b.where, "zh-CN") || a.place - b.place,
      number: (a, b) => a.number.localeCompare(b.number) || a.place - b.place,
    };
    const isKind = (data, wanted) => !wanted || data.outcome === wanted || (wanted === "overdue" ? "overdue" in data : data.outcome === "failed" && data.kind === wanted);
    const fits = (item, words) => {
      const data = item.card.dataset;
      const rightChange = !change || !change.value || (data.change || "").split(" ").includes(change.value);
      return rightChange && isKind(data, kind.value) && words.every((word) => item.text.includes(word));
    };
    const apply = () => {
      const words = wordsOf(find);
      let shown = 0;
      for (const item of cards) {
        const visible = fits(item, words);
        item.card.hidden = !visible;
        shown += visible ? 1 : 0;
      }
      for (const group of groups) {
        group.hidden = Boolean(order.value) || !all(".card", group).some((card) => !card.hidden);
      }
      nothing.hidden = shown > 0;
      tally.textContent = `显示 ${shown} 条，共 ${cards.length} 条`;
    };
    const arrange = () => {
      if (order.value) {
        flat.append(...cards.slice().sort(orders[order.value]).map((item) => item.card));
        holder.append(flat);
      } else {
        for (const item of cards) item.home.append(item.card);
        flat.remove();
      }
      apply();
    };
    const reset = () => {
      for (const field of [find, kind, change, order]) if (field) field.value = "";
      arrange();
    };
    resets.push(reset);
    find.addEventListener("input", apply);
    for (const field of [kind, change]) if (field) field.addEventListener("change", apply);
    order.addEventListener("change", arrange);
    apply();
    const target = () => {
      const card = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
      if (card && card.closest("[hidden]")) { reset(); card.scrollIntoView(); }
    };
    window.addEventListener("hashchange", target);
  }

  // Rows of tables: data-rows says which, a select's data-key which of a row's data it is compared with.
  for (const tools of all('[data-tools="rows"]')) {
    tools.hidden = false;
    const rows = all(tools.dataset.rows).map((row) => ({ row, text: fold(row.textContent) }));
    const homes = Array.from(new Set(rows.map((item) => item.row.closest(".rows-group")).filter(Boolean)));
    const find = tools.querySelector("input"), selects = all("select[data-key]", tools), tally = tools.querySelector(".tally");
    const apply = () => {
      const words = wordsOf(find);
      let shown = 0;
      for (const item of rows) {
        const visible = selects.every((select) => !select.value || item.row.dataset[select.dataset.key] === select.value) && words.every((word) => item.text.includes(word));
        item.row.hidden = !visible;
        shown += visible ? 1 : 0;
      }
      for (const home of homes) {
        const some = all("tbody tr", home).some((row) => !row.hidden);
        home.hidden = !some;
        const details = home.closest("details");
        if (details && some && shown < rows.length) details.open = true;
      }
      tally.textContent = `显示 ${shown} ${tools.dataset.noun}，共 ${rows.length} ${tools.dataset.noun.slice(0, 1)}`;
    };
    resets.push(() => {
      for (const field of [find, ...selects]) field.value = "";
      apply();
    });
    find.addEventListener("input", apply);
    for (const select of selects) select.addEventListener("change", apply);
    apply();
  }
  for (const table of all("table[data-sortable]")) {
    for (const head of all("th[data-sort]", table)) {
      // The words stay beside the button: Chromium repeats a table's head on every page, but not the buttons in it.
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.setAttribute("aria-label", `按${head.textContent}排序`);
      head.append(button);
      head.addEventListener("click", () => sortRows(table, head));
    }
  }
  function sortRows(table, head) {
    const up = head.getAttribute("aria-sort") !== "ascending";
    const index = Array.from(head.parentElement.children).indexOf(head);
    const number = head.dataset.sort === "number";
    const value = (row) => {
      const cell = row.children[index];
      const text = "value" in cell.dataset ? cell.dataset.value : cell.textContent.trim();
      return number ? (text === "" || Number.isNaN(Number(text)) ? null : Number(text)) : text;
    };
    const compare = (a, b) => {
      const x = value(a), y = value(b);
      // What has no number stands last in either direction.
      if (x === null || y === null) return (x === null) - (y === null);
      const difference = number ? x - y : x.localeCompare(y, "zh-CN");
      return up ? difference : -difference;
    };
    for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    table.tBodies[0].append(...Array.from(table.tBodies[0].rows).sort(compare));
  }

  let closed = [];
  window.addEventListener("beforeprint", () => {
    for (const reset of resets) reset();
    closed = all("details:not([open])");
    for (const item of closed) item.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const item of closed) item.open = false;
  });
})();
