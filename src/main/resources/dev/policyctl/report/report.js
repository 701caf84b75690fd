
"use strict";
(() => {
  const form = document.querySelector("nav form");
  const input = form.querySelector("input");
  const told = form.querySelector("output");
  const items = [...document.querySelectorAll(".finding, ul.rows > li, tbody tr")];
  const groups = [...document.querySelectorAll(".passes, .place, .host")];
  // What was open before the search, to come back to; null while nothing is searched.
  let before = null;
  let texts = null;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());

  // A group's own words count for what is in it, so that the name of a host finds its guests.
  const textOf = (item) => {
    let text = item.textContent;
    for (let group = item.parentElement.closest("details"); group; group = group.parentElement.closest("details")) {
      text += " " + (group.querySelector("summary > h3, summary > span:not(.counts)")?.textContent ?? "");
    }
    return text.toLowerCase();
  };

  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    texts ??= items.map(textOf);
    let found = 0;
    items.forEach((item, i) => {
      item.hidden = !words.every((word) => texts[i].includes(word));
      found += item.hidden ? 0 : 1;
    });
    if (words.length && !before) {
      before = new Map(groups.map((group) => [group, group.open]));
    }
    for (const group of groups) {
      const has = !words.length || group.querySelector("ul.rows > li:not([hidden])") !== null;
      group.hidden = !has;
      group.open = words.length ? has : (before?.get(group) ?? group.open);
    }
    before = words.length ? before : null;
    told.textContent = words.length ? found + " found" : "";
  };

  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 80);
  });

  const shown = () => [...document.querySelectorAll(".finding:not([hidden]) > summary")];
  const step = (by) => {
    const all = shown();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === input) {
      input.value = "";
      search();
      input.blur();
    } else if (event.target === input) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    }
  });

  // How old what is shown is, as long as somebody looks at it.
  const made = document.querySelector(".made time");
  const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
  const tellAge = () => {
    const seconds = (Date.now() - Date.parse(made.textContent)) / 1000;
    const [unit, length] = units.find(([, length]) => seconds >= length) ?? ["second", 1];
    const age = new Intl.RelativeTimeFormat("en").format(-Math.max(0, Math.floor(seconds / length)), unit);
    made.parentElement.querySelector(".age").textContent = unit === "second" ? "less than a minute ago" : age;
  };
  if (made && !Number.isNaN(Date.parse(made.textContent))) {
    made.insertAdjacentHTML("afterend", ' <span class="age"></span>');
    tellAge();
    setInterval(tellAge, 10000);
  }

  // What a link leads to is opened, and everything around it.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const own = target.matches("details") ? target : target.querySelector("th > details");
    for (let details = own ?? target.closest("details"); details; details = details.parentElement.closest("details")) {
      details.open = true;
    }
    target.hidden = false;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
