// Line: a line of output and the styles of its parts, written at a cursor as a terminal would: what is written over is gone.

export class Line {
  /** @type {string} */
  text = "";
  /** Parts in order, without gaps: {end, look}, `end` being where the next begins. */
  parts = [];
  /** Whether it goes on the line before it, which was cut for its length. */
  continues = false;

  /** Puts `text` at `column`, over what is there. Two parts that look the same are one. */
  write(column, text, look) {
    if (column === this.text.length) {
      this.text += text;
      append(this.parts, this.text.length, look);
      return;
    }
    const end = column + text.length;
    this.parts = [
      ...cut(this.parts, 0, column),
      { end, look },
      ...cut(this.parts, end, this.text.length),
    ].reduce((joined, part) => append(joined, part.end, part.look), []);
    this.text = this.text.slice(0, column) + text + this.text.slice(end);
  }

  /** Takes away what stands between two columns; what follows moves up. */
  cutOut(from, to) {
    const before = cut(this.parts, 0, from);
    const behind = cut(this.parts, to, this.text.length).map(({ end, look }) => ({ end: end - (to - from), look }));
    this.parts = [...before, ...behind].reduce((joined, part) => append(joined, part.end, part.look), []);
    this.text = this.text.slice(0, from) + this.text.slice(to);
  }

  /** Takes away what stands from `column` on. */
  truncate(column) {
    this.parts = cut(this.parts, 0, column);
    this.text = this.text.slice(0, column);
  }
}

// The last part grows, or another begins.
function append(parts, end, look) {
  const last = parts.at(-1);
  if (last && last.look === look) {
    last.end = end;
  } else if (end > (last?.end ?? 0)) {
    parts.push({ end, look });
  }
  return parts;
}

// The parts between two columns, the outer ones shortened; they keep their places.
function cut(parts, from, to) {
  const kept = [];
  let start = 0;
  for (const { end, look } of parts) {
    if (end > from && start < to) {
      kept.push({ end: Math.min(end, to), look });
    }
    start = end;
  }
  return kept;
}
