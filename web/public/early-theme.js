// Runs before the first paint, so that a chosen theme does not flash; a file, since the page forbids inline scripts.
try {
  const mode = localStorage.getItem('mendline-theme') || 'system'
  const dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-theme', dark ? 'dark' : 'light')
  document.documentElement.style.backgroundColor = dark ? '#111417' : '#FAFAF7'
} catch {
  // Storage may be forbidden; the system's theme is then used.
}
