// graph.js draws an operator question. It is loaded when somebody opens the
// picture, never before. Everything in it is in the table above it; the picture
// can be walked by keyboard, and says in words what has the focus.

// A canvas knows no light-dark(): the browser is asked what a token comes to.
function colour(name) {
  const probe = document.createElement("span");
  probe.className = "probe " + name.slice(2);
  document.body.append(probe);
  const said = getComputedStyle(probe).color;
  probe.remove();
  return said;
}

export async function draw(box) {
  const canvas = box.querySelector("canvas");
  const status = box.querySelector("[data-status]");
  const answer = await fetch(box.dataset.graph, { headers: { Accept: "application/json" } });
  if (!answer.ok) { status.textContent = box.dataset.failed; return; }
  const graph = await answer.json();
  const view = new View(canvas, status, graph, box.dataset);
  const hide = box.querySelector("[data-kinds]");
  for (const kind of graph.kinds) {
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = true;
    tick.addEventListener("change", () => view.do({ act: "hide", kind: kind.kind, on: !tick.checked, tick }));
    label.append(tick, ` ${kind.name} (${kind.n})`);
    hide.append(label);
  }
  box.querySelector("[data-undo]").addEventListener("click", () => view.undo());
  view.run();
  return view;
}

class View {
  constructor(canvas, status, graph, words) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.status = status;
    this.words = words;
    this.hidden = new Set();
    this.done = [];
    this.focus = -1;
    this.heat = 1;
    // Placed on circles by kind, so that the same question always looks the same.
    this.nodes = graph.nodes.map((n, i) => {
      const ring = n.kind === "record" ? 240 : 110;
      const turn = (i / graph.nodes.length) * 2 * Math.PI;
      return { ...n, x: ring * Math.cos(turn), y: ring * Math.sin(turn), vx: 0, vy: 0, pinned: false };
    });
    this.edges = graph.edges.map((e) => ({ a: this.nodes[e.a], b: this.nodes[e.b], counted: e.counted }));
    this.size();
    new ResizeObserver(() => { this.size(); this.wake(0.2); }).observe(canvas);
    canvas.addEventListener("keydown", (e) => this.key(e));
    canvas.addEventListener("pointerdown", (e) => this.take(e));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.wake(0.01));
  }

  size() {
    const ratio = devicePixelRatio || 1;
    const { clientWidth: w, clientHeight: h } = this.canvas;
    this.canvas.width = w * ratio;
    this.canvas.height = h * ratio;
    this.ratio = ratio;
    this.w = w;
    this.h = h;
    this.ink = { ink: colour("--ink"), quiet: colour("--ink-2"), sheet: colour("--sheet"), well: colour("--well"), press: colour("--press"), font: `12px ${getComputedStyle(this.canvas).fontFamily}` };
  }

  // Records outside the question appear when what they share is expanded.
  seen(n) { return !this.hidden.has(n.kind) && (!n.outside || this.edges.some((e) => (e.a === n && e.b.wide) || (e.b === n && e.a.wide))); }

  shown() { return (this.drawn ??= this.nodes.filter((n) => this.seen(n))); }

  // One act at a time, each of which can be taken back.
  do(act) {
    if (act.act === "hide") act.on ? this.hidden.add(act.kind) : this.hidden.delete(act.kind);
    if (act.act === "pin") act.node.pinned = act.on;
    if (act.act === "widen") act.node.wide = act.on;
    this.drawn = undefined;
    this.done.push(act);
    if (this.done.length > 50) this.done.shift();
    this.wake(0.4);
  }

  undo() {
    const act = this.done.pop();
    if (!act) return;
    if (act.act === "hide") {
      act.on ? this.hidden.delete(act.kind) : this.hidden.add(act.kind);
      act.tick.checked = act.on;
    }
    if (act.act === "pin") act.node.pinned = !act.on;
    if (act.act === "widen") act.node.wide = !act.on;
    this.drawn = undefined;
    this.wake(0.4);
  }

  key(event) {
    const nodes = this.shown();
    const at = nodes.indexOf(this.nodes[this.focus]);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = nodes[(at + step + nodes.length) % nodes.length];
      this.focus = this.nodes.indexOf(next);
      this.say(next);
      this.wake(0.01);
    } else if (event.key === "Enter" && at >= 0 && nodes[at].href) {
      location.assign(nodes[at].href);
    } else if (event.key === "p" && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.do({ act: "pin", node: nodes[at], on: !nodes[at].pinned });
    } else if (event.key === "e" && at >= 0 && nodes[at].kind !== "record") {
      event.preventDefault();
      event.stopPropagation();
      this.do({ act: "widen", node: nodes[at], on: !nodes[at].wide });
    } else if (event.key === "u") {
      event.preventDefault();
      event.stopPropagation();
      this.undo();
    }
  }

  say(node) {
    const beside = this.edges.filter((e) => e.a === node || e.b === node).map((e) => (e.a === node ? e.b : e.a).label);
    this.status.textContent = `${node.label}${node.said ? `, ${node.said}` : ""}: ${beside.join(", ")}${node.more ? ` +${node.more}` : ""}`;
  }

  take(event) {
    const [x, y] = [(event.offsetX - this.w / 2) / this.scale, (event.offsetY - this.h / 2) / this.scale];
    let best, least = 400;
    for (const n of this.shown()) {
      const d = (n.x - x) ** 2 + (n.y - y) ** 2;
      if (d < least) [best, least] = [n, d];
    }
    if (!best) return;
    this.focus = this.nodes.indexOf(best);
    this.say(best);
    const wasPinned = best.pinned;
    let moved = false;
    const move = (e) => {
      moved = true;
      best.pinned = true;
      [best.x, best.y] = [(e.offsetX - this.w / 2) / this.scale, (e.offsetY - this.h / 2) / this.scale];
      this.wake(0.3);
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerup", () => {
      this.canvas.removeEventListener("pointermove", move);
      if (!moved && best.kind !== "record") this.do({ act: "widen", node: best, on: !best.wide });
      if (moved && !wasPinned) this.done.push({ act: "pin", node: best, on: true });
    }, { once: true });
    this.wake(0.01);
  }

  wake(heat) {
    this.heat = Math.max(this.heat, heat);
    if (!this.running) this.run();
  }

  run() {
    this.running = true;
    requestAnimationFrame(() => {
      this.move();
      this.paint();
      this.heat *= 0.97;
      this.frames = (this.frames ?? 0) + 1;
      if (this.heat > 0.005) this.run();
      else this.running = false;
    });
  }

  // Springs along edges, a push between all, a pull to the middle.
  move() {
    const nodes = this.shown();
    const drawn = new Set(nodes);
    for (let i = 0; i < nodes.length; i++) {
      const a = nodes[i];
      for (let j = i + 1; j < nodes.length; j++) {
        const b = nodes[j];
        const dx = a.x - b.x || 0.01, dy = a.y - b.y || 0.01;
        const d2 = dx * dx + dy * dy;
        if (d2 > 90000) continue;
        const push = (900 / d2) * this.heat;
        a.vx += dx * push; a.vy += dy * push;
        b.vx -= dx * push; b.vy -= dy * push;
      }
      a.vx -= a.x * 0.01 * this.heat;
      a.vy -= a.y * 0.01 * this.heat;
    }
    for (const { a, b } of this.edges) {
      if (!drawn.has(a) || !drawn.has(b)) continue;
      const dx = b.x - a.x, dy = b.y - a.y;
      const pull = (Math.hypot(dx, dy) - 90) * 0.004 * this.heat;
      a.vx += dx * pull * 0.1; a.vy += dy * pull * 0.1;
      b.vx -= dx * pull * 0.1; b.vy -= dy * pull * 0.1;
    }
    let far = 120;
    for (const n of nodes) {
      if (!n.pinned) {
        n.x += Math.max(-12, Math.min(12, n.vx));
        n.y += Math.max(-12, Math.min(12, n.vy));
      }
      n.vx *= 0.6; n.vy *= 0.6;
      far = Math.max(far, Math.abs(n.x) * (this.h / this.w) * 1.15, Math.abs(n.y));
    }
    this.scale = Math.min(1.4, (this.h / 2 - 24) / far);
  }

  paint() {
    const { pen, ink } = this;
    const drawn = new Set(this.shown());
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.w, this.h);
    pen.translate(this.w / 2, this.h / 2);
    pen.scale(this.scale, this.scale);
    pen.lineWidth = 1.5;
    for (const counted of [true, false]) {
      pen.beginPath();
      pen.setLineDash(counted ? [] : [2, 4]); // dotted: not counted
      pen.strokeStyle = counted ? ink.ink : ink.quiet;
      for (const e of this.edges) {
        if (e.counted !== counted || !drawn.has(e.a) || !drawn.has(e.b)) continue;
        pen.moveTo(e.a.x, e.a.y);
        pen.lineTo(e.b.x, e.b.y);
      }
      pen.stroke();
    }
    pen.setLineDash([]);
    const few = drawn.size <= 120;
    for (const n of drawn) {
      const focused = this.nodes[this.focus] === n;
      pen.beginPath();
      if (n.kind === "record") pen.arc(n.x, n.y, 9, 0, 7);
      else pen.rect(n.x - 6, n.y - 6, 12, 12);
      pen.fillStyle = n.kind === "record" ? ink.sheet : ink.well;
      pen.fill();
      pen.strokeStyle = focused ? ink.press : ink.ink;
      pen.lineWidth = focused ? 4 : n.pinned ? 3 : 1.5;
      pen.stroke();
    }
    // Words keep their size whatever the picture's.
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.font = ink.font;
    pen.textAlign = "center";
    for (const n of drawn) {
      if (!few && this.nodes[this.focus] !== n) continue;
      const more = n.wide ? 0 : n.more;
      pen.fillStyle = n.kind === "record" && !n.outside ? ink.ink : ink.quiet;
      pen.fillText(more ? `${n.label} +${more}` : n.label, this.w / 2 + n.x * this.scale, this.h / 2 + n.y * this.scale + 9 * this.scale + 13);
    }
  }
}
