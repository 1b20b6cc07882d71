"""egaku (描く): OpenAI's 2022 Image API, self-hosted."""

__version__ = "0.1.0"
