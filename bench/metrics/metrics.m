% The same computations with Octave's built-in functions, written from the papers' formulas.
% Usage: octave metrics.m FOLDER SIDE METRIC. Prints milliseconds of the second of two runs, and the score.
1;

function g = grey(rgb)
  c = [0.29893602129377533, 0.5870430744511214, 0.11402090425510324];
  g = floor(c(1) * rgb(:,:,1) + c(2) * rgb(:,:,2) + c(3) * rgb(:,:,3) + 0.5);
end

% Convolution along rows (axis 2) or columns (axis 1), edges mirrored; the middle of an even filter is after its middle.
function out = along(u, h, axis)
  n = numel(h);
  shift = floor(n / 2);
  before = n - 1 - shift;
  if axis == 1
    out = conv2(u([before:-1:1, 1:end, end:-1:end-shift+1], :), h(:), 'valid');
  else
    out = conv2(u(:, [before:-1:1, 1:end, end:-1:end-shift+1]), h(:).', 'valid');
  end
end

function edges = nice_edges(lo, hi, n)
  r = (hi - lo) / n;
  p = 10 ^ floor(log10(r));
  w0 = p * floor(r / p);
  left = min(w0 * floor(lo / w0), lo);
  ll = (hi - left) / n;
  ul = (hi - left) / (n - 1);
  q = 10 ^ floor(log10(ul - ll));
  w = q * ceil(ll / q);
  edges = [left + (0:n-1) * w, max(left + n * w, hi)];
end

function value = log_moment(f, order)
  value = -log10(abs(mean((f - mean(f)) .^ order)));
end

function value = pool(v, h, order, rounded)
  both = [v; h];
  if rounded
    x = nice_edges(min(both), max(both), 50);
    n = histc(both, x)(:).';
    n(50) += n(51);
    n = n(1:50);
  else
    [n, x] = hist(both, 50);
  end
  cdf = cumsum(n) / sum(n);
  k = sum(cdf < cdf(1) + 0.95 * (cdf(end) - cdf(1)));
  kept = (1 - tanh(60 * (x(k) / max(x) - 0.095))) / 4 + 0.09;
  f = sort((sqrt(v) + sqrt(h)) .^ 2, 'descend');
  value = log_moment(f(1:round(kept * numel(f))), order);
end

function score = mlv(rgb, taps)
  c = [0.29893602129377533, 0.5870430744511214, 0.11402090425510324];
  x = (c(1) * rgb(:,:,1) + c(2) * rgb(:,:,2) + c(3) * rgb(:,:,3)) / 255;
  z = x;
  z([1 end], :) = 0;
  z(:, [1 end]) = 0;
  m = -Inf(size(x) - 2);
  for dy = -1:1
    for dx = -1:1
      if dx || dy
        m = max(m, z(2+dy:end-1+dy, 2+dx:end-1+dx));
      end
    end
  end
  v = sort((m - x(2:end-1, 2:end-1))(:), 'descend')(1:1000);
  score = sqrt(mean((v .* exp(-0.01 * (1:1000)')) .^ 2));
end

function score = fqpath(rgb, taps)
  u = grey(rgb) / 255;
  v = along(along(u, taps.low, 1), taps.fqpath, 1);
  h = along(along(u, taps.low, 2), taps.fqpath, 2);
  keep = v > 0 & h > 0;
  score = pool(v(keep), h(keep), 4, false);
end

function value = hvs(u, h, order)
  v = along(u, h, 1);
  w = along(u, h, 2);
  keep = u > 0.05 & v > 0 & w > 0;
  value = pool(v(keep), w(keep), order, true);
end

function score = hvs_maxpol_1(rgb, taps)
  score = -hvs(grey(rgb) / 255, taps.hvs1, 6);
end

function score = hvs_maxpol_2(rgb, taps)
  u = grey(rgb) / 255;
  score = -(0.3874 * hvs(u, taps.hvs1, 6) + 4.0865 * hvs(u, taps.hvs2, 2));
end

function score = synthetic_maxpol(rgb, taps)
  u = grey(rgb) / 255;
  score = 0;
  filters = {taps.first, taps.third};
  orders = [72, 8];
  for i = 1:2
    v = abs(along(u, filters{i}, 1))(:);
    h = abs(along(u, filters{i}, 2))(:);
    x = nice_edges(min(min(v), min(h)), max(max(v), max(h)), 150);
    n = histc([v; h], x)(:).';
    n(150) += n(151);
    n = n(1:150);
    p = (n - min(n)) / (max(n) - min(n));
    k = sum(cumsum(p) / sum(p) < 0.9);
    kept = (1 - tanh(50 * (x(k) / x(end) - 0.095))) / 2 * 0.41 + 0.04;
    f = sort((sqrt(v) + sqrt(h)) .^ 2, 'descend');
    score += log_moment(f(1:round(kept * numel(f))), orders(i));
  end
end

function score = gpc(rgb, taps)
  g = grey(rgb);
  [H, W] = size(g);
  v = zeros(H, W);
  d = g(1, :) - g(H, :);
  v(1, :) += d;
  v(H, :) -= d;
  d = g(:, 1) - g(:, W);
  v(:, 1) += d;
  v(:, W) -= d;
  s = fft2(v) ./ (4 - 2 * cos(2 * pi * (0:W-1) / W) - 2 * cos(2 * pi * (0:H-1)' / H));
  s(1, 1) = 0;
  p = g - real(ifft2(s));
  q = [0:W-floor(W/2)-1, -floor(W/2):-1];
  r = [0:H-floor(H/2)-1, -floor(H/2):-1]';
  p = real(ifft2(fft2(p) .* exp(-1i * pi * q / W) .* exp(-1i * pi * r / H)));
  gx = circshift(p, -1, 2) - p;
  gy = circshift(p, -1, 1) - p;
  tv = sum(abs(gx)(:)) + sum(abs(gy)(:));
  a = sum(gx(:) .^ 2);
  b = sum(gy(:) .^ 2);
  power = abs(fft2(p)) .^ 2;
  X = 4 * power .* sin(pi * (0:W-1) / W) .^ 2;
  Y = 4 * power .* sin(pi * (0:H-1)' / H) .^ 2;
  spread = (sum(X(:) .^ 2) / a + sum(Y(:) .^ 2) / b + 2 * sum(X(:) .* Y(:)) / sqrt(a * b)) / (pi * W * H);
  z = ((sqrt(a) + sqrt(b)) * sqrt(2 * W * H / pi) - tv) / sqrt(spread) / sqrt(2);
  if z > 20
    rest = 1;
    for k = 8:-1:1
      rest = 1 - (k - 0.5) / z ^ 2 * rest;
    end
    tail = -z ^ 2 - log(pi) / 2 - log(z) + log(rest);
  else
    tail = log(erfc(z));
  end
  score = -tail / log(10) + log10(2);
end

function score = lpc_si(rgb, taps)
  g = grey(rgb);
  [H, W] = size(g);
  fx = ((0:W-1) - floor(W / 2)) / (W - mod(W, 2));
  fy = ((0:H-1)' - floor(H / 2)) / (H - mod(H, 2));
  fx = ifftshift(fx);
  fy = ifftshift(fy);
  rho = sqrt(fx .^ 2 + fy .^ 2);
  theta = atan2(-fy .* ones(1, W), fx .* ones(H, 1));
  rho(1, 1) = 1;
  scales = [1, 1.5, 2];
  weights = [1, -3, 2];
  radial = cell(1, 3);
  for s = 1:3
    radial{s} = exp(-log(4 * scales(s) * rho) .^ 2 / (2 * log(0.75) ^ 2)) ./ (1 + (rho / 0.45) .^ 30);
    radial{s}(1, 1) = 0;
  end
  B = round(min(H, W) / 16);
  spectrum = fft2(g);
  top = zeros(H, W);
  bottom = zeros(H, W);
  for o = 0:7
    angle_ = o * pi / 8;
    delta = abs(atan2(sin(theta - angle_), cos(theta - angle_)));
    spread = exp(-delta .^ 2 / (2 * (pi / 12) ^ 2));
    phase = zeros(H, W);
    for s = 1:3
      M = ifft2(spectrum .* radial{s} .* spread);
      phase += weights(s) * angle(M);
      if s == 1
        energy = abs(M);
      end
    end
    inner = energy(B+1:end-B, B+1:end-B)(:);
    energy = max(0, energy - (mean(inner) + 2 * std(inner)));
    top += max(0, cos(phase)) .* energy;
    bottom += energy;
  end
  map = top ./ (bottom + 2);
  v = sort(map(B+1:end-B, B+1:end-B)(:), 'descend');
  u = exp(-((0:numel(v)-1)' / (numel(v) - 1)) / 1e-4);
  score = sum(v .* u) / sum(u);
end

function score = sparish(rgb, taps)
  g = grey(rgb);
  D = cos((0:7)' * (0:15) * pi / 16);
  D(:, 2:end) -= mean(D(:, 2:end));
  D ./= sqrt(sum(D .^ 2));
  D = kron(D, D);
  rows = floor(size(g, 1) / 8);
  columns = floor(size(g, 2) / 8);
  energy = zeros(rows * columns, 1);
  variance = zeros(rows * columns, 1);
  for i = 0:rows*columns-1
    block = g(8 * floor(i / columns) + (1:8), 8 * mod(i, columns) + (1:8));
    variance(i + 1) = var(block(:));
    [gx, gy] = gradient(block);
    X = (abs(gx) + abs(gy))(:);
    residual = X;
    picked = [];
    coefficients = [];
    for step = 1:6
      [~, best] = max(abs(D' * residual));
      picked(end + 1) = best;
      coefficients = pinv(D(:, picked)) * X;
      residual = X - D(:, picked) * coefficients;
      if norm(residual) ^ 2 < 1e-6
        break
      end
    end
    energy(i + 1) = sum(coefficients .^ 2);
  end
  [~, order] = sort(variance, 'descend');
  order = order(1:floor(0.6 * numel(order)));
  score = sum(energy(order)) / sum(variance(order));
end

arguments = argv();
folder = arguments{end-2};
side = str2double(arguments{end-1});
metric = str2func(strrep(arguments{end}, '-', '_'));
file = fopen([folder '/picture.raw']);
rgb = double(permute(reshape(fread(file, 3 * side * side, 'uint8'), [3, side, side]), [3, 2, 1]));
fclose(file);
for name = {'low', 'fqpath', 'hvs1', 'hvs2', 'first', 'third'}
  taps.(name{1}) = load([folder '/' name{1} '.txt']);
end
repeats = 2;
if strcmp(arguments{end}, 'sparish')
  repeats = 1;
end
for i = 1:repeats
  start = tic;
  score = metric(rgb, taps);
  ms = toc(start) * 1000;
end
printf('%.3f %.15g\n', ms, score);
