import { createTheme, type MantineColorsTuple } from '@mantine/core';

const spruce: MantineColorsTuple = [
  '#e8f6f1',
  '#d3eae2',
  '#a6d5c5',
  '#76bfa6',
  '#4fad8d',
  '#36a17d',
  '#1f8566',
  '#14705a',
  '#0f5c4d',
  '#0a4138',
];

export const theme = createTheme({
  primaryColor: 'spruce',
  primaryShade: { light: 8, dark: 5 },
  colors: { spruce },
  fontFamily: "'Geist Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'Geist Mono Variable', ui-monospace, monospace",
  headings: { fontFamily: "'Geist Variable', system-ui, sans-serif", fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});
