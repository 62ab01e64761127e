// Before the first paint: the theme that was chosen in this browser. The console's ThemeStore writes it.
try {
  const theme = localStorage.getItem('ponte.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.style.colorScheme = theme;
} catch {
  // Storage is blocked: the theme of the system is used.
}
