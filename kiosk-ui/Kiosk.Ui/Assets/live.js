// Shows what the host sends. Replaces the parts that changed, sends forms without leaving the page,
// counts times on, and says so when the host has not been heard for three seconds.
(() => {
  "use strict";
  const silence = 3000, tooSoon = 500, retryWindow = 5000, reopenAfter = 500;
  const root = document.documentElement, page = document.body;
  const away = document.getElementById("away");
  const shown = new Map();
  let heard = performance.now(), clockAhead = 0, source = null;

  function normal(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    return box.innerHTML;
  }

  function put(id, html) {
    const part = document.getElementById(id);
    if (!part || shown.get(id) === html) return;
    const known = shown.has(id);
    shown.set(id, html);
    // What the page was born with is compared once, comments of the renderer left out.
    if (!known && part.innerHTML.replace(/<!--\/?part[^>]*-->/g, "") === normal(html)) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    part.innerHTML = html;
    if (focused) part.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  function apply(frame) {
    root.lang = frame.lang;
    const stale = root.classList.contains("stale");
    if (root.className !== frame.classes) root.className = frame.classes;
    root.classList.toggle("stale", stale);
    if (frame.title) document.title = frame.title;
    for (const [id, html] of Object.entries(frame.parts)) put(id, html);
    tick();
  }

  function say(sentence, good) {
    const place = document.getElementById("counter-message") ?? document.getElementById("device-message");
    if (!place) return;
    place.textContent = sentence ?? "";
    place.classList.toggle("good", good === true);
  }

  function heardFromHost() {
    heard = performance.now();
    if (!root.classList.contains("stale")) return;
    root.classList.remove("stale");
    away.hidden = true;
  }

  function open() {
    source = new EventSource(page.dataset.live);
    source.addEventListener("parts", event => { heardFromHost(); apply(JSON.parse(event.data)); });
    source.addEventListener("gone", () => location.reload());
    source.addEventListener("beat", event => {
      const beat = JSON.parse(event.data);
      clockAhead = beat.now - Date.now();
      heardFromHost();
      if (beat.version !== page.dataset.version) location.reload();
    });
    // After an error answer the browser gives up for good: open again.
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(open, reopenAfter); };
  }

  function watch() {
    const age = performance.now() - heard;
    if (age < silence) return;
    root.classList.add("stale");
    away.hidden = false;
    for (const place of away.querySelectorAll("[data-age]")) write(place, place.dataset.age.replace("{0}", Math.round(age / 1000)));
    // A connection that died without a word (cable pulled) is not noticed by the browser: start over.
    if (age > silence * 2 && source.readyState === EventSource.OPEN) { source.close(); open(); }
  }

  function write(place, words) { if (place.textContent !== words) place.textContent = words; }

  function tick() {
    const now = Date.now() + clockAhead;
    for (const place of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((now - place.dataset.since) / 1000));
      write(place, seconds < 60 ? place.dataset.seconds.replace("{0}", seconds) : place.dataset.minutes.replace("{0}", Math.floor(seconds / 60)));
    }
    for (const place of document.querySelectorAll("[data-until]"))
      write(place, place.dataset.seconds.replace("{0}", Math.max(0, Math.ceil((place.dataset.until - now) / 1000))));
    for (const place of document.querySelectorAll("[data-fresh]"))
      place.classList.toggle("fresh", now - place.dataset.fresh < 6000);
    for (const place of document.querySelectorAll("[data-clock]"))
      write(place, new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: place.dataset.clock }).format(now));
  }

  // randomUUID exists on secure pages only; a hall's screens speak plain HTTP on the hall's own network.
  function newRequestId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
  }

  async function post(address, body, headers, method = "POST") {
    const until = performance.now() + retryWindow;
    for (;;) {
      try {
        return await fetch(address, { method, body, headers, signal: AbortSignal.timeout(retryWindow) });
      } catch (lost) {
        // The same request id goes out again: the host answers a repeated request once.
        if (performance.now() > until) throw lost;
        await new Promise(done => setTimeout(done, 400));
      }
    }
  }

  async function send(form, button) {
    const fields = new FormData(form, button);
    if (form.hasAttribute("data-once")) fields.set("request", newRequestId());
    const answer = await post(form.action, new URLSearchParams(fields), { Accept: "application/json" });
    // Only what to say comes back: the parts have one way to the page, or an older one could overtake a newer one.
    if (answer.status === 401) { location.reload(); return; }
    const reply = await answer.json().catch(() => ({ message: `${answer.status} ${answer.statusText}` }));
    if (reply.go) location.assign(reply.go); else say(reply.message, reply.good);
  }

  function value(text) {
    if (text === "true" || text === "false") return text === "true";
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }

  async function sendJson(form, button) {
    const fields = {};
    for (const [name, text] of new FormData(form, button)) if (text !== "") fields[name] = value(text);
    const headers = { "Content-Type": "application/json", "Idempotency-Key": newRequestId() };
    // data-json="script": the field of that name is the JSON itself.
    const body = form.dataset.json ? String(new FormData(form).get(form.dataset.json)) : JSON.stringify(fields);
    const answer = await post(form.action, body, headers, form.dataset.method);
    if (answer.ok) { say(form.dataset.done ?? "", true); return; }
    // The page itself may be open to all: who presses here without being signed in is led to the sign-in and back.
    if (answer.status === 401) { location.assign("/sign-in?to=" + encodeURIComponent(location.pathname + location.search)); return; }
    const problem = await answer.json().catch(() => ({}));
    say(problem.detail ?? problem.message ?? problem.title ?? `${answer.status} ${answer.statusText}`);
  }

  let last = { key: null, at: 0 };
  document.addEventListener("submit", async event => {
    const form = event.target, button = event.submitter;
    const json = form.hasAttribute("data-json");
    if (!json && !form.hasAttribute("data-send")) return;
    event.preventDefault();
    // A double strike is one press, also when the part was replaced in between.
    const key = `${form.action} ${button?.name} ${button?.value}`;
    const now = performance.now();
    if ((key === last.key && now - last.at < tooSoon) || form.dataset.busy) return;
    last = { key, at: now };
    form.dataset.busy = "yes";
    button?.classList.add("sent");
    try {
      await (json ? sendJson(form, button) : send(form, button));
    } catch {
      // The banner tells that the host is away; here it is said that the press had no effect.
      say(page.dataset.lost);
    } finally {
      delete form.dataset.busy;
      button?.classList.remove("sent");
    }
  });

  // A pad for screens without keys: it types into the field that it names.
  for (const pad of document.querySelectorAll("[data-pad]")) {
    const field = pad.closest("form").elements[pad.dataset.pad];
    pad.hidden = false;
    pad.addEventListener("click", event => {
      const key = event.target.closest("button")?.value;
      if (!key) return;
      if (key === "clear") field.value = "";
      else if (key === "back") field.value = field.value.slice(0, -1);
      else if (field.value.length < field.maxLength) field.value += key;
    });
  }
  for (const choice of document.querySelectorAll("[data-fill]"))
    choice.addEventListener("click", () => { document.querySelector(`[name="${choice.dataset.fill}"]`).value = choice.value; });
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  setInterval(tick, 250);
  tick();
  if (page.dataset.live) { open(); setInterval(watch, 250); }
})();
