/** The most bytes of a document; letters and bills have less. */
export const pdfAtMostBytes = 5 * 1_024 * 1_024;
const begins = Buffer.from('%PDF-');
const ends = Buffer.from('%%EOF');
/** Readers look for the end mark in the last kilobyte. */
const tail = 1_024;

/** A document from base64. What is no PDF of a sensible size is told in words. */
export function readPdf(base64: string): { bytes: Buffer } | { fault: string } {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > pdfAtMostBytes) return { fault: 'it is larger than 5 MB' };
  if (!bytes.subarray(0, begins.length).equals(begins)) return { fault: 'it is no PDF' };
  if (!bytes.subarray(-tail).includes(ends)) return { fault: 'the PDF ends too early: it is not whole' };
  return { bytes };
}
