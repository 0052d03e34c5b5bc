/** Which rows of a long list are seen, and where each of them stands. */

export class Heights {
  private readonly _measured = new Map<string, number>();

  private _keys: string[] = [];

  private _estimates: number[] = [];

  /** Where each row begins; one more than there are rows. */
  private _offsets: number[] = [0];

  private _index = new Map<string, number>();

  get total(): number {
    return this._offsets[this._keys.length] ?? 0;
  }

  get length(): number {
    return this._keys.length;
  }

  setRows(keys: string[], estimates: number[]): void {
    this._keys = keys;
    this._estimates = estimates;
    this._index = new Map(keys.map((key, index) => [key, index]));
    this._add(0);
  }

  /** Take down how high rows are; return whether that changes anything. */
  measure(heights: Iterable<[string, number]>): boolean {
    let first = this._keys.length;
    for (const [key, height] of heights) {
      const index = this._index.get(key);
      if (index === undefined || Math.abs((this._measured.get(key) ?? -1) - height) < 0.5) continue;
      this._measured.set(key, height);
      first = Math.min(first, index);
    }
    if (first >= this._keys.length) return false;
    this._add(first);
    return true;
  }

  /** Forget what was measured at another width. */
  forget(): void {
    this._measured.clear();
    this._add(0);
  }

  offset(index: number): number {
    return this._offsets[Math.max(0, Math.min(index, this._keys.length))] ?? 0;
  }

  offsetOf(key: string): number | undefined {
    const index = this._index.get(key);
    return index === undefined ? undefined : this.offset(index);
  }

  indexOf(key: string): number | undefined {
    return this._index.get(key);
  }

  /** Return the row that stands at a place. */
  at(place: number): number {
    let [low, high] = [0, Math.max(0, this._keys.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offset(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  keyAt(index: number): string | undefined {
    return this._keys[index];
  }

  /** Return the rows to draw: those in sight and some beyond, the end not included. */
  range(top: number, height: number, beyond: number): [number, number] {
    if (!this._keys.length) return [0, 0];
    return [this.at(top - beyond), this.at(top + height + beyond) + 1];
  }

  private _add(from: number): void {
    const count = this._keys.length;
    this._offsets.length = count + 1;
    if (from === 0) this._offsets[0] = 0;
    for (let index = from; index < count; index++) {
      const height = this._measured.get(this._keys[index] ?? "") ?? this._estimates[index] ?? 0;
      this._offsets[index + 1] = (this._offsets[index] ?? 0) + height;
    }
  }
}

/** Return the rows of equal height that are seen, the end not included. */
export function fixedRange(
  top: number,
  height: number,
  row: number,
  count: number,
  beyond = 6,
): [number, number] {
  const first = Math.floor(top / row) - beyond;
  const last = Math.ceil((top + height) / row) + beyond;
  return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(last, count))];
}
