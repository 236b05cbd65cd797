"use strict";
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const light = () => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const item = target && target.dataset.item;
    if (!item) return;
    const alike = document.querySelectorAll(`[data-item="${CSS.escape(item)}"]`);
    for (const one of alike) one.classList.add("lit");
    const inner = target.closest("details");
    if (inner) inner.open = true;
    const onPage = target.closest("svg") ? target : [...alike].find((one) => one.closest("svg"));
    const wide = matchMedia("(min-width: 60rem)").matches;
    for (const one of wide && onPage && onPage !== target ? [onPage, target] : [target]) {
      one.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
  };
  addEventListener("hashchange", light);
  // the same link again: the address does not change, the wish to see it does
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) light();
  });
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
  light();
})();
