/* Where there is no viewer for PDF, its place needn't be kept. */
document.documentElement.classList.toggle("r-no-pdf", !navigator.pdfViewerEnabled);
