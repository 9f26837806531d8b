/** What erasing a person does to the rows of a table that are about them. */
export type Treatment = {
  table: string;
  /** `kept`: the row stays as it is, since nothing in it leads to the person. */
  does: 'deleted' | 'anonymised' | 'kept';
  /** In words for people: what is taken out, or why it stays. */
  words: string;
};

export const treatments: readonly Treatment[] = [];
