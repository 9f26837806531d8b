import { describe, expect, it } from '@jest/globals';
import { keptMediaType, mediaKind } from './media-type.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from([
    ...parts.flatMap((part) => (typeof part === 'string' ? [...ascii(part)] : part)),
    ...Array(64).fill(0),
  ]);

const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF');
const png = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]);

describe('what a file is', () => {
  it.each([
    ['image/jpeg', jpeg],
    ['image/png', png],
    ['image/gif', bytes('GIF89a')],
    ['image/webp', bytes('RIFF', [36, 0, 0, 0], 'WEBPVP8 ')],
    ['image/heic', bytes([0, 0, 0, 24], 'ftypheic')],
    ['video/mp4', bytes([0, 0, 0, 24], 'ftypisom')],
    ['video/quicktime', bytes([0, 0, 0, 20], 'ftypqt  ')],
    ['video/3gpp', bytes([0, 0, 0, 24], 'ftyp3gp4')],
    ['audio/amr', bytes('#!AMR\n')],
    ['application/pdf', bytes('%PDF-1.7\n')],
    ['text/vcard', ascii('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD')],
  ])('is told by its bytes: %s', async (type, file) => {
    expect(await keptMediaType(file)).toBe(type);
  });

  it.each([
    ['a page', ascii('<!doctype html><html><script>alert(1)</script></html>')],
    ['an SVG, which may run scripts', ascii('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>')],
    ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
    ['a program for Windows', bytes('MZ')],
    ['an archive', bytes('PK', [3, 4])],
    ['words', ascii('Hello, this is no picture')],
    ['an error of a carrier', ascii('{"errors":[{"code":"10005"}]}')],
    ['nothing', new Uint8Array()],
  ])('is refused when it is %s', async (_, file) => {
    expect(await keptMediaType(file)).toBeNull();
  });
});

describe('what a carrier calls a file', () => {
  it.each([
    ['image/jpeg', 'picture'],
    ['IMAGE/HEIC; q=1', 'picture'],
    ['video/3gpp', 'video'],
    ['audio/amr', 'sound'],
    ['text/x-vcard', 'file'],
    ['application/pdf', 'file'],
    ['', 'file'],
    [null, 'picture'],
  ] as const)('%j is, in one word, a %s', (type, kind) => {
    expect(mediaKind(type)).toBe(kind);
  });
});
