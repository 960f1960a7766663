/** The element with this id, which the page's markup contains. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Enables or disables a button. Unlike `disabled`, this leaves the keyboard focus where it is. */
export function enable(button: HTMLButtonElement, enabled: boolean): void {
  button.setAttribute('aria-disabled', String(!enabled));
}

/** Calls `action` when an enabled button is pressed. */
export function onPress(button: HTMLButtonElement, action: () => void): void {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') action();
  });
}
