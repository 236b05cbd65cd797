// What pages do beyond what they do without script: drag and drop, progress, waiting, filtering, lighting up.

document.documentElement.classList.add("script");

const form = document.querySelector("form.upload");
const pending = document.querySelector("#pending");
const findings = document.querySelectorAll(".finding, .fields tr[data-item]");
if (form) upload(form);
if (pending) watch(pending.dataset.address ?? `/v1/documents/${pending.dataset.document}`);
const together = document.querySelector("form.together");
if (together) choosing(together);
if (findings.length) report(findings);
for (const time of document.querySelectorAll("time[datetime]")) {
  // the service may stand in another time zone than whoever looks
  time.textContent = new Date(time.dateTime).toLocaleString("en-US", { dateStyle: "long", timeStyle: "medium" }).replace(" at ", ", ");
}

function upload(form) {
  const drop = form.querySelector("#drop");
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const chosen = form.querySelector("#drop-say");
  const say = form.querySelector("#progress-say");
  const bar = form.querySelector("#bar");
  let file = null;

  const choose = (next) => {
    file = next;
    chosen.textContent = file ? `${file.name || "Photo"} (${size(file.size)})` : "Drop a file here";
    form.querySelector("#choose").textContent = file ? "Choose another file" : "Choose a file";
    drop.classList.toggle("has", Boolean(file));
    tell(null);
  };
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (input.files[0]) choose(input.files[0]);
      input.value = ""; // the same name again, after the file was mended, is a change too
    });
  }
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const files = event.dataTransfer.files;
    if (files.length > 1) return tell({ title: "One file at a time", detail: "Several files were dropped.", remedy: "Drop the letter or the receipt alone." });
    if (files.length) choose(files[0]);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!file) return tell({ title: "No file was chosen", detail: "There is nothing to check yet.", remedy: "Choose a file or take a photo first." });
    const most = Number(form.dataset.maxBytes);
    if (file.size > most) return tell({ title: "The file is too large", detail: `It has ${size(file.size)}; at most ${size(most)} are taken.`, remedy: "Upload only the pages that belong to this letter or receipt, or scan them at 300 dpi." });
    const data = new FormData();
    data.append("file", file, "document"); // its name stays here
    data.append("administrator", form.elements.administrator.value);
    if (form.elements.as_of.value) data.append("as_of", form.elements.as_of.value);
    tell(null);
    busy(true);
    try {
      const received = await send(data, (part) => {
        bar.value = Math.round(part * 100);
        say.textContent = part < 1 ? `Uploading: ${bar.value} %` : "Looking at the file";
      });
      say.textContent = "Reading the pages and checking the rules";
      bar.removeAttribute("value");
      await finished(`/v1/documents/${received.id}`);
      location.assign(`/documents/${received.id}`);
    } catch (problem) {
      busy(false);
      tell(problem.title ? problem : { title: "The service cannot be reached", detail: "The upload did not arrive.", remedy: "See that docscan is still running, then try again." });
    }
  });

  function busy(now) {
    form.classList.toggle("busy", now);
    form.querySelector("#progress").hidden = !now;
    bar.value = 0;
    say.textContent = now ? "Uploading" : "";
    if (now) form.querySelector("#progress").scrollIntoView({ block: "nearest" });
  }

  function tell(problem) {
    const place = form.querySelector(".where-trouble");
    place.replaceChildren();
    if (!problem) return;
    const box = document.createElement("div");
    box.className = "trouble";
    box.id = "trouble";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    const lines = [["h2", problem.title], ["p", problem.detail], ["p", problem.remedy]];
    for (const [tag, text] of lines) {
      const line = document.createElement(tag);
      line.textContent = text ?? "";
      box.append(line);
    }
    box.lastChild.className = "remedy";
    place.append(box);
    box.focus();
  }
}

// fetch() does not tell how much of an upload has been sent.
function send(data, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/documents");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener("load", () => (request.status < 300 ? resolve(request.response) : reject(request.response ?? {})));
    request.addEventListener("error", () => reject({}));
    request.send(data);
  });
}

// Resolves when the document is finished or gone; asks less often the longer it takes.
async function finished(address) {
  for (let pause = 250; ; pause = Math.min(pause * 1.3, 2500)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.status === 404 || (answer.ok && !["received", "waiting"].includes((await answer.json()).state))) return;
    } catch {
      // the service may be starting again: the document is not lost
    }
  }
}

async function watch(address) {
  await finished(address);
  location.reload();
}

// How many are chosen stands on the button.
function choosing(form) {
  const button = form.querySelector("#check-together");
  const count = () => {
    const chosen = form.querySelectorAll("input[name=documents]:checked").length;
    button.textContent = chosen > 1 ? `Check these ${chosen} together` : "Check together";
  };
  form.addEventListener("change", count);
  count(); // a browser that comes back may remember what was chosen
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function report(items) {
  const back = document.createElement("a");
  back.className = "button back";
  back.hidden = true;
  back.textContent = "Back to the finding";
  document.body.append(back);

  for (const item of items) {
    const link = item.querySelector(".places a");
    if (!link) continue;
    item.classList.add("shows");
    item.addEventListener("click", (event) => {
      if (!event.target.closest("a, summary, button") && !getSelection().toString()) link.click();
    });
    // by keyboard, what a finding is about lights up as soon as the focus is in it
    item.addEventListener("focusin", () => light(item.dataset.item));
    for (const place of item.querySelectorAll(".places a")) {
      place.addEventListener("click", () => {
        back.href = `#${item.id}`;
        back.hidden = false;
        const spot = document.getElementById(decodeURIComponent(place.hash.slice(1)));
        if (spot && matchMedia("(max-width: 40rem)").matches) enlarge(spot.closest(".sheet"), true);
      });
    }
  }
  for (const sheet of document.querySelectorAll(".sheet")) enlarging(sheet);
  back.addEventListener("click", () => {
    back.hidden = true;
  });
  for (const said of document.querySelectorAll(".document .said")) filter(said);
}

function light(item) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const one of document.querySelectorAll(`[data-item="${CSS.escape(item)}"]`)) one.classList.add("lit");
}

// On a phone a page's words are too small to read: a page can be shown larger, and scrolls in its own frame.
function enlarging(sheet) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet enlarge";
  button.textContent = "Enlarge";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", `Enlarge ${(sheet.querySelector("image")?.getAttribute("aria-label") ?? "the page").replace(", upright", "").toLowerCase()}`);
  button.addEventListener("click", () => enlarge(sheet, !sheet.classList.contains("large")));
  sheet.closest("figure").querySelector("figcaption").prepend(button);
  const frame = document.createElement("div");
  frame.className = "frame";
  sheet.before(frame);
  frame.append(sheet);
}

function enlarge(sheet, large) {
  sheet.classList.toggle("large", large);
  const frame = sheet.closest(".frame");
  if (large) frame.tabIndex = 0; // to scroll it by keyboard
  else frame.removeAttribute("tabindex");
  frame.nextElementSibling.querySelector(".enlarge").setAttribute("aria-pressed", String(large));
}

function filter(said) {
  const blocks = [...said.querySelectorAll(".block")].filter((block) => block.querySelector(".findings"));
  const all = said.querySelectorAll(".finding").length;
  const mend = said.querySelectorAll(".finding.bad, .finding.open").length;
  if (!mend || mend === all) return;
  for (const block of blocks) block.classList.toggle("in-order", !block.querySelector(".finding.bad, .finding.open"));
  const group = document.createElement("div");
  group.className = "filter";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Which findings to show");
  const choices = [[`All findings (${all})`, false], [`What to do (${mend})`, true]].map(([text, only]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = text;
    button.addEventListener("click", () => show(only));
    group.append(button);
    return [button, only];
  });
  const show = (only) => {
    said.classList.toggle("filtered", only);
    for (const [button, its] of choices) button.setAttribute("aria-pressed", String(its === only));
  };
  blocks[0].before(group);
  show(false);
}
