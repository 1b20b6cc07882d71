import type { KeyboardEvent } from "react";

/** True for the Enter that sends: not Shift+Enter, and never the one that ends an input method's conversion. */
export function isSendingEnter(event: KeyboardEvent): boolean {
  const { isComposing, keyCode } = event.nativeEvent;
  // Safari ends the composition before its keydown, which then has key code 229.
  return event.key === "Enter" && !event.shiftKey && !isComposing && keyCode !== 229;
}
