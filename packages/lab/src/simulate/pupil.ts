/**
 * What a round pupil passes: the incoherent transfer function as the autocorrelation of the pupil.
 *
 * The pupil is a uniform disc whose wavefront depends on the distance from its centre only, so the transfer function is
 * real, and the same in all directions; below zero it reverses contrast.
 *
 * Sources: H. H. Hopkins, "The frequency response of a defocused optical system", Proc. R. Soc. A 231 (1955);
 * J. W. Goodman, Introduction to Fourier Optics, 3rd ed., §6.3-6.4.
 * @module
 */

/** Points of the quadrature along the shift, and across it; the wavefront changes faster along. Error below 2e-4. */
const POINTS_ALONG = 48;
const POINTS_ACROSS = 24;

/**
 * Transfer at a frequency, 1 at frequency 0.
 * @param phase Radians by which light lags at `ρ²`, the squared distance from the centre in radii of the pupil, 0..1.
 * @param shift The frequency in units of the cut-off `2 NA/λ`: half the distance of the two copies of the pupil.
 */
export function pupilTransfer(phase: (rhoSquared: number) => number, shift: number): number {
	if (shift >= 1) return 0;
	const along = Math.max(POINTS_ALONG, Math.ceil(Math.abs(phase(1) - phase(0)) / 2));
	let sum = 0;
	// Overlap of the copies: 0 <= x <= 1 - s, |y| <= sqrt(1 - (x + s)²). With x = (1 - s)(1 - v²) and y = u·height the
	// integrand is smooth up to the corner, so the midpoint rule converges fast.
	for (let i = 0; i < along; i++) {
		const v = (i + 0.5) / along;
		const x = (1 - shift) * (1 - v * v);
		const ahead = (x + shift) ** 2;
		const behind = (x - shift) ** 2;
		const height = Math.sqrt(Math.max(0, 1 - ahead));
		let inner = 0;
		for (let j = 0; j < POINTS_ACROSS; j++) {
			const y2 = (((j + 0.5) / POINTS_ACROSS) * height) ** 2;
			inner += Math.cos(phase(ahead + y2) - phase(behind + y2));
		}
		sum += inner * height * v;
	}
	return (sum * 8 * (1 - shift)) / (Math.PI * along * POINTS_ACROSS);
}

/** The transfer of a pupil without any aberration, in closed form (Goodman, eq. 6-32); `shift` as above. */
export function perfectPupilTransfer(shift: number): number {
	return shift >= 1 ? 0 : (2 / Math.PI) * (Math.acos(shift) - shift * Math.sqrt(1 - shift * shift));
}
