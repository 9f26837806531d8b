import type { OutputStream } from './context.ts';

/** Something that takes a while and knows how far it is. */
export type Progress = { advance(by?: number): void; /** Takes the bar away. */ done(): void };

const width = 28;
const eraseLine = '\r\u001B[K';

/** A bar that is drawn over itself, at most ten times a second. Nothing at all when nobody looks. */
export function createProgress(stream: OutputStream, label: string, total: number): Progress {
  if (stream.isTTY !== true) return { advance() {}, done() {} };
  let count = 0;
  let drawnAt = 0;
  const draw = () => {
    const part = total === 0 ? 1 : Math.min(count / total, 1);
    const full = Math.round(part * width);
    stream.write(`${eraseLine}${label} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${count}/${total}`);
  };
  draw();
  return {
    advance(by = 1) {
      count += by;
      const now = performance.now();
      if (now - drawnAt < 100 && count < total) return;
      drawnAt = now;
      draw();
    },
    done: () => void stream.write(eraseLine),
  };
}
