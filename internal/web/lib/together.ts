// together: keeps on one line what is read as one: "10 : 15", "y = kx", "3 kg". A ratio that is parted by the end of a line
// reads as two numbers.

const signs = /\S{1,7}(?: [:=+\u2212×÷·<>≤≥] \S{1,7})+/g
const measure = /(\d) (kg|g|km|cm|mm|m|ml|l|mi|ft|in|lb|oz|h|min|s)(?![\p{L}\d])/gu

/** longest is how many characters may be kept together, so that a narrow page still finds a place to break. */
const longest = 14

/** together puts spaces that do not break into short calculations and between a number and its unit. */
export function together(text: string): string {
  return text
    .replace(signs, (run) => (run.length > longest ? run : run.replaceAll(' ', '\u00a0')))
    .replace(measure, '$1\u00a0$2')
}
