/** Puts the values of variables in place of `${NAME}` and `$NAME`, as a Dockerfile does outside of RUN. */
export function expandVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (_whole, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    const value = variables[name];
    if (value === undefined) throw new Error(`the Dockerfile uses ${name}, which has no value`);
    return value;
  });
}
