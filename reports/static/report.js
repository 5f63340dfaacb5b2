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

  const findings = document.querySelector('[data-tools="findings"]');
  let showAllFindings = () => {};
  if (findings) {
    findings.hidden = false;
    const groups = all(".group");
    const holder = document.querySelector(".groups");
    const flat = document.createElement("div");
    const cards = all(".groups .card").map((card, place) => ({
      card, place, home: card.parentElement, text: fold(card.textContent),
      where: fold((card.querySelector(".path") || card.querySelector(".addr") || card).textContent),
      number: card.querySelector(".number").textContent,
    }));
    const find = byId("find"), kind = byId("kind"), order = byId("order"), tally = findings.querySelector(".tally");
    const orders = {
      due: (a, b) => a.card.dataset.due.localeCompare(b.card.dataset.due) || a.place - b.place,
      place: (a, b) => a.where.localeCompare(b.where, "zh-CN") || a.place - b.place,
      number: (a, b) => a.number.localeCompare(b.number) || a.place - b.place,
    };
    const fits = (item, words, wanted) => {
      const data = item.card.dataset;
      const rightKind = !wanted || data.outcome === wanted || (wanted === "overdue" ? "overdue" in data : data.outcome === "failed" && data.kind === wanted);
      return rightKind && words.every((word) => item.text.includes(word));
    };
    const apply = () => {
      const words = find.value.split(/\s+/).filter(Boolean).map(fold);
      let shown = 0;
      for (const item of cards) {
        const visible = fits(item, words, kind.value);
        item.card.hidden = !visible;
        shown += visible ? 1 : 0;
      }
      for (const group of groups) {
        group.hidden = Boolean(order.value) || !all(".card", group).some((card) => !card.hidden);
      }
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
    showAllFindings = () => {
      find.value = ""; kind.value = ""; order.value = "";
      arrange();
    };
    find.addEventListener("input", apply);
    kind.addEventListener("change", apply);
    order.addEventListener("change", arrange);
    apply();
    const target = () => {
      const card = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
      if (card && card.hidden) { showAllFindings(); card.scrollIntoView(); }
    };
    window.addEventListener("hashchange", target);
  }

  const ranking = document.querySelector('[data-tools="ranking"]');
  const rows = all(".ranking tbody tr");
  let showAllRows = () => {};
  if (ranking) {
    ranking.hidden = false;
    const unit = byId("unit"), tally = ranking.querySelector(".tally");
    const apply = () => {
      const word = fold(unit.value);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !fold(row.querySelector("th").textContent).includes(word);
        shown += row.hidden ? 0 : 1;
      }
      tally.textContent = `显示 ${shown} 个单位，共 ${rows.length} 个`;
    };
    showAllRows = () => { unit.value = ""; apply(); };
    unit.addEventListener("input", apply);
    apply();
  }
  for (const table of all("table[data-sortable]")) {
    for (const head of all("th[data-sort]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.append(button);
      button.addEventListener("click", () => sortRows(table, head));
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
    showAllFindings();
    showAllRows();
    closed = all("details:not([open])");
    for (const item of closed) item.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const item of closed) item.open = false;
  });
})();
