/** Puts the focus on the first field of a form that is in error; false where none is. */
export function focusWrong(form: HTMLElement): boolean {
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]')
  wrong?.focus()
  return wrong !== null
}
