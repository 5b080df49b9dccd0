/** Mark is the product's sign: two rounded shapes that share a part. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-a" x="2" y="8" width="20" height="20" rx="8" />
      <circle class="mark-b" cx="21" cy="12" r="9" />
      <path class="mark-ab" d="M12.06 11A9 9 0 0 0 22 20.94V16a8 8 0 0 0-8-8h-.06a9 9 0 0 0-1.88 3Z" />
    </svg>
  )
}
