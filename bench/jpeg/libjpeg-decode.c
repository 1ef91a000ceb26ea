// Decodes the JPEG files named on the command line, one after another, and prints the milliseconds of processor time of one round:
// the library alone, files already in memory. Usage: libjpeg-decode rgb|planes ROUNDS FILE...
// Build: cc -O3 libjpeg-decode.c -o libjpeg-decode -ljpeg
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <jpeglib.h>

static unsigned char *pixels;
static size_t capacity;

static void reserve(size_t bytes) {
	if (bytes <= capacity) return;
	pixels = realloc(pixels, bytes);
	if (!pixels) exit(2);
	capacity = bytes;
}

static void read_rgb(struct jpeg_decompress_struct *info) {
	reserve((size_t)info->output_width * info->output_height * info->output_components);
	size_t stride = (size_t)info->output_width * info->output_components;
	while (info->output_scanline < info->output_height) {
		JSAMPROW rows[16];
		for (int i = 0; i < 16; i++) rows[i] = pixels + (info->output_scanline + i) * stride;
		jpeg_read_scanlines(info, rows, 16);
	}
}

static void read_planes(struct jpeg_decompress_struct *info) {
	size_t total = 0;
	for (int c = 0; c < info->num_components; c++) {
		jpeg_component_info *component = info->comp_info + c;
		total += (size_t)component->width_in_blocks * component->height_in_blocks * DCTSIZE2 + 65536;
	}
	reserve(total * 4);
	JSAMPROW rows[3][32];
	JSAMPARRAY planes[3] = {rows[0], rows[1], rows[2]};
	while (info->output_scanline < info->output_height) {
		unsigned char *next = pixels;
		for (int c = 0; c < info->num_components; c++) {
			jpeg_component_info *component = info->comp_info + c;
			size_t stride = (size_t)component->width_in_blocks * DCTSIZE + 32;
			for (int i = 0; i < component->v_samp_factor * DCTSIZE; i++, next += stride) rows[c][i] = next;
		}
		jpeg_read_raw_data(info, planes, info->max_v_samp_factor * DCTSIZE);
	}
}

int main(int count, char **arguments) {
	if (count < 4) return 2;
	int is_planes = strcmp(arguments[1], "planes") == 0;
	int rounds = atoi(arguments[2]);
	int files = count - 3;
	unsigned char **bytes = calloc(files, sizeof *bytes);
	size_t *lengths = calloc(files, sizeof *lengths);
	for (int i = 0; i < files; i++) {
		FILE *file = fopen(arguments[3 + i], "rb");
		if (!file) return 2;
		fseek(file, 0, SEEK_END);
		lengths[i] = ftell(file);
		rewind(file);
		bytes[i] = malloc(lengths[i]);
		if (fread(bytes[i], 1, lengths[i], file) != lengths[i]) return 2;
		fclose(file);
	}
	struct jpeg_decompress_struct info;
	struct jpeg_error_mgr errors;
	info.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&info);
	struct timespec start, stop;
	for (int round = -1; round < rounds; round++) {
		if (round == 0) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
		for (int i = 0; i < files; i++) {
			jpeg_mem_src(&info, bytes[i], lengths[i]);
			jpeg_read_header(&info, TRUE);
			info.raw_data_out = is_planes;
			jpeg_start_decompress(&info);
			if (is_planes) read_planes(&info);
			else read_rgb(&info);
			jpeg_finish_decompress(&info);
		}
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &stop);
	printf("%.6f\n", ((stop.tv_sec - start.tv_sec) * 1e3 + (stop.tv_nsec - start.tv_nsec) / 1e6) / rounds);
	return 0;
}
