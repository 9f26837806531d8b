import { statfs } from 'node:fs/promises';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

const oldestNode = 26;
const gigabyte = 1_000_000_000;
const leastDisk = { wrong: 0.2 * gigabyte, doubtful: 2 * gigabyte };

/** The machine on which the doctor runs: its Node and the room on its disk. */
export async function examineMachine(folder: string, nodeVersion: string): Promise<Finding[]> {
  const major = Number(nodeVersion.split('.')[0]);
  const { bavail, bsize } = await statfs(folder);
  return [
    major >= oldestNode
      ? fine('Node', nodeVersion)
      : wrong('Node', `${nodeVersion} cannot run the services`, `use ${oldestNode} or newer; npm start brings it`),
    disk(bavail * bsize),
  ];
}

function disk(bytes: number): Finding {
  const says = `${(bytes / gigabyte).toFixed(1)} GB free`;
  const mend = 'make room: Postgres stops when it cannot write';
  if (bytes < leastDisk.wrong) return wrong('disk', says, mend);
  return bytes < leastDisk.doubtful ? doubtful('disk', says, mend) : fine('disk', says);
}
