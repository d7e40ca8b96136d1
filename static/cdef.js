/* Beyond htmx: spoken news, kept focus, honest failures. */
(() => {
  const on = (name, run) => document.addEventListener(name, run);
  const active = () => (document.activeElement === document.body ? null : document.activeElement);
  const byHand = (ctx) => /^(click|submit|change|input)$/.test(ctx.sourceEvent?.type);
  const say = (region, text) => {
    const box = document.getElementById("announce-" + region);
    box.textContent = "";
    setTimeout(() => (box.textContent = text), 50);
  };

  on("announce", ({ detail }) => say("polite", detail.text));

  /* A failure swaps nothing, so what was typed stays: say so there, and aloud. */
  const place = ({ sourceElement: from }) => from.closest("form") || from;
  const clear = (ctx) => {
    place(ctx).parentNode?.querySelector("[data-trouble]")?.remove();
    say("assertive", "");
  };
  const trouble = (ctx, cause, not = "Not") => {
    if (!byHand(ctx)) return; // A poll tries again by itself.
    const what = /GET/.test(ctx.request.method) ? "loaded" : "saved";
    const text = `${not} ${what}. ${cause} What you typed is still here. Please try again.`;
    const box = document.createElement("p");
    box.className = "notice notice--problem";
    box.dataset.trouble = box.textContent = text;
    clear(ctx);
    place(ctx)[place(ctx).matches("form") ? "append" : "after"](box);
    say("assertive", text);
  };
  on("htmx:error", ({ detail: { ctx, error } }) => {
    if (!ctx || ctx.response) return;
    if (error === "timeout") trouble(ctx, "The server did not answer in time.", "Perhaps not");
    else trouble(ctx, "The connection failed.");
  });
  on("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.response.status > 499) trouble(ctx, "The server failed.");
  });

  /* Where the sign-in has ended, a form goes the plain way, to the page that keeps what was typed. */
  on("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const form = ctx.sourceElement.closest("form");
    const ended = ctx.response.status === 401 || ctx.hx.refresh;
    // A poll takes nobody away from what they are typing.
    if (ended && ctx.sourceElement.matches("[data-poll]")) return event.preventDefault();
    if (!ended || !form || ctx.request.method !== "POST") return;
    event.preventDefault();
    form.action = ctx.request.action;
    form.submit();
  });

  /* A row in which somebody types outlives its removal by somebody else: only they close it. */
  on("htmx:before:swap", ({ detail: { tasks } }) => {
    for (const { fragment, target } of tasks)
      for (const row of target?.querySelectorAll("li[hx-morph-skip]") ?? [])
        if (!fragment.getElementById(row.id))
          fragment.getElementById(row.parentNode.id)?.prepend(row.cloneNode());
  });

  /* Focus goes where the answer marks it, unless the hands have gone on meanwhile; else where the
     control says, else where it was. */
  const focus = (it) => {
    it.focus();
    if (active() === it) return;
    it.tabIndex = -1;
    it.focus();
  };
  on("htmx:config:request", ({ detail: { ctx } }) => {
    if (!byHand(ctx)) return;
    ctx.was = ctx.asked = active() || ctx.sourceElement;
    clear(ctx);
  });
  on("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    ctx.tasks = tasks;
    const hasMoved = active() && active() !== ctx.asked && !place(ctx).contains(active());
    const marks = tasks.flatMap(({ fragment }) => [...fragment.querySelectorAll("[data-focus], [autofocus]")]);
    for (const mark of document.querySelectorAll("[autofocus]")) mark.autofocus = false;
    if (hasMoved) for (const mark of marks) mark.autofocus = false;
    ctx.mark = !hasMoved && byHand(ctx) && marks[0]?.id;
    ctx.was = active() || ctx.was;
    ctx.above = [];
    for (let up = ctx.was; up?.closest("main"); up = up.parentElement) ctx.above.push(up);
  });
  // A mark counts once: htmx would go there again with each part of the answer, and each after it.
  on("focusin", ({ target }) => (target.autofocus = false));
  const refocus = ({ was, mark, tasks = [], above = [] }) => {
    const fresh = tasks.map((task) => task.target).filter((node) => node?.isConnected);
    fresh.find((node) => node.id === "notices")?.scrollIntoView({ block: "nearest" });
    if (!was) return;
    const named = was.closest("[data-then]")?.dataset.then;
    const anew = [named, was.id].map((id) => id && document.getElementById(id)).find(Boolean);
    const same = was.isConnected ? was : anew;
    const marked = mark && (!active() || active() === same) && document.getElementById(mark);
    const near = () => (!same?.disabled && same) || fresh[0] || above.find((up) => up.isConnected);
    const to = marked || (!active() && near());
    if (to) focus(to);
  };
  // Buttons are on again then.
  on("htmx:finally:request", ({ detail: { ctx } }) => setTimeout(refocus, 0, ctx));

  /* Pages that nobody looks at ask nothing; once seen again, they ask at once. */
  on("htmx:config:request", (event) => {
    if (document.hidden && event.detail.ctx.sourceElement.matches("[data-poll]")) event.preventDefault();
  });
  on("visibilitychange", () => {
    if (document.hidden) return;
    for (const poll of document.querySelectorAll("[data-poll]")) poll.dispatchEvent(new Event("seen"));
  });

  /* Leaving a row saves it, and closes it where nothing was changed; not one that was refused. */
  const isChanged = (control) =>
    control.matches("select")
      ? control.selectedIndex !==
        Math.max(0, [...control.options].findIndex((option) => option.defaultSelected))
      : control.checked !== control.defaultChecked ||
        (control.type !== "hidden" && control.value !== control.defaultValue);
  on("focusout", ({ target }) => {
    const form = target.closest?.("[data-save-on-leave]");
    if (!form) return;
    setTimeout(() => {
      if (!form.isConnected || form.contains(document.activeElement)) return;
      if ([...form.querySelectorAll("input, select")].some(isChanged)) {
        form.elements.left.value = "1";
        form.requestSubmit();
        form.elements.left.value = "";
      } else if (active() && !form.querySelector("[role=alert]")) form.querySelector("[data-cancel]").click();
    });
  });

  on("keydown", ({ target, key, defaultPrevented }) => {
    if (defaultPrevented) return;
    if (key === "Escape") target.closest("form")?.querySelector("[data-cancel]")?.click();
    const item = target.matches("a, button, [type=checkbox]") && target.closest(".queue__item");
    const step = { j: "nextElementSibling", k: "previousElementSibling" }[key];
    if (item && step) item[step]?.querySelector("a[href]")?.focus();
  });

  /* Several cells pasted into a new row are a list. It goes its own way at once, unless something
     else was typed that would be left behind: then it waits in its box. */
  on("paste", (event) => {
    const row = event.target.closest?.("form.row--new");
    const list = document.getElementById("paste");
    const text = event.clipboardData.getData("text/plain");
    const isCell = !/[\t\n]/.test(text.trim()) || /^\s*"[^"]*"\s*$/.test(text);
    if (!row?.elements.side || !list || isCell) return;
    event.preventDefault();
    const { text: box, side } = list.elements;
    const typed = [...document.querySelectorAll("main form :is(input, textarea, select)")];
    const waits = typed.some(isChanged);
    box.value += (box.value && "\n") + text;
    side.value = row.elements.side.value;
    list.closest("details").open = true;
    if (waits) box.focus();
    else list.requestSubmit();
  });

  /* One press, one request; off a moment later, or its value is not sent. */
  on("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-once]")) return;
    if (form.ariaBusy) return event.preventDefault();
    const set = (busy) => {
      form.ariaBusy = busy;
      for (const button of form.querySelectorAll("button")) button.disabled = busy;
    };
    form.ariaBusy = true;
    setTimeout(set, 0, true);
    addEventListener("pageshow", () => set(null), { once: true });
  });
})();
