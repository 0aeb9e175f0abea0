/* Conveniences only: every page reads fully without this file. */
(() => {
  "use strict";
  // On a narrow screen the columns start folded.
  const box = document.querySelector(".gk-nav__box");
  if (box && window.matchMedia("(max-width: 767px)").matches) box.open = false;

  // Tables marked as sortable: a button in each header cell.
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  for (const table of document.querySelectorAll("table.gk-sortable")) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((cell, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = cell.textContent;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) =>
          collator.compare(a.cells[index].textContent.trim(), b.cells[index].textContent.trim()));
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  }

  // Tools of an article: print, and larger or smaller text.
  const tools = document.querySelector(".gk-tools");
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const action = event.target.closest("button")?.dataset.action;
      const body = document.querySelector(".gk-body");
      if (action === "print") window.print();
      if (body && (action === "larger" || action === "smaller")) {
        const size = parseFloat(getComputedStyle(body).fontSize) + (action === "larger" ? 2 : -2);
        body.style.fontSize = `${Math.min(28, Math.max(14, size))}px`;
      }
    });
  }

  // Leaving for an address that is no government's: ask first.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="http"]');
    if (!link || link.host === location.host || /(\.gov\.cn|\.政务)$/.test(link.hostname)) return;
    if (!window.confirm("您访问的链接即将离开本网站，是否继续？")) event.preventDefault();
  });
})();
