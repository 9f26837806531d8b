import 'react';

declare module 'react' {
  // Custom properties are set in `style`.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
