// What is used of @cornerstonejs/codec-openjpeg, which comes without types.
declare module '@cornerstonejs/codec-openjpeg/decode' {
	const createModule: import('./openjpeg.ts').CreateOpenJpeg;
	export default createModule;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
	const createModule: import('./openjpeg.ts').CreateOpenJpeg;
	export default createModule;
}
