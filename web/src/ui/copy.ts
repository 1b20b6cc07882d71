/** Put text on the clipboard; false when the browser refuses. Works over plain http too. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }
  // Not a secure context (plain http on a LAN): only the old way is left.
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } finally {
    area.remove();
  }
}

/** Put a PNG on the clipboard; false where the browser cannot or will not. */
export async function copyImage(png: Promise<Blob>): Promise<boolean> {
  if (!navigator.clipboard || !("ClipboardItem" in window)) return false;
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    return true;
  } catch {
    return false;
  }
}
