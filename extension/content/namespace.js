/**
 * The one name that Aftercare's page side has. Every other content file adds one or two members to it, and uses only
 * what files above it in the manifest have added. A second injection finds the first one and leaves it alone.
 */
(() => {
  globalThis.aftercare ??= {};
})();
