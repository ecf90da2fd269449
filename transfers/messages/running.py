"""Texts of the family "running": many scenarios, and who runs them."""

TEXTS: dict[str, tuple[str, str]] = {
    # -- who runs them -------------------------------------------------------------------------
    "running.worker_lost": (
        "有一个计算进程自行结束了（代码 {code}），多半是内存不够；已经算完的都已保存，减少 --workers 后用同一命令即可接着算。",
        "A worker process ended by itself (code {code}), most often for want of memory. What was done is kept: the same command with fewer --workers goes on from there.",
    ),
    "running.no_dask": (
        "--cluster 需要 dask：请安装 transfers[cluster]，或改用 --workers。",
        "--cluster needs dask: install transfers[cluster], or use --workers.",
    ),
    "running.no_cluster": (
        "{address} 没有 Dask 调度器应答（{error}）；请核对地址，或改用 --workers。",
        "No Dask scheduler answers at {address} ({error}). Check the address, or use --workers.",
    ),
    "running.no_workers": (
        "{address} 的集群没有计算进程；请先启动 dask worker。",
        "The cluster at {address} has no workers; start a dask worker first.",
    ),
    "running.worker_without_package": (
        "计算进程 {worker} 不能使用 transfers（{error}）；请在那台机器上安装与本机相同的版本。",
        "The worker {worker} cannot use transfers ({error}); install the version of this machine there.",
    ),
    "running.worker_differs": (
        "计算进程 {worker} 的程序与本机不同：{differs}；请安装相同的版本，否则结果不能保证一致。",
        "The worker {worker} has another program than this machine: {differs}. Install the same, or results might differ.",
    ),
    "running.too_many_workers": (
        "--workers：本机最多用 {most} 个进程；再多只会互相等待。",
        "--workers: at most {most} processes on this machine; more would only wait for each other.",
    ),
    "running.not_workers": (
        "--workers 要写不小于 1 的整数，现在是“{text}”。",
        "--workers takes a whole number from 1 on, not “{text}”.",
    ),
    "running.workers_and_cluster": (
        "--workers 与 --cluster 只能写一个。",
        "Give either --workers or --cluster, not both.",
    ),
    "running.workers_help": (
        "在本机用几个进程计算",
        "How many processes of this machine compute",
    ),
    "running.cluster_help": (
        "在已有的 Dask 集群上计算：调度器地址，如 tcp://10.0.0.5:8786",
        "Compute on a Dask cluster that is there: its scheduler, such as tcp://10.0.0.5:8786",
    ),
    "running.keep_help": (
        "保留各情景的结果的文件夹；不写则算完即删",
        "A folder where what comes of each scenario is kept; else it is removed at the end",
    ),
    # -- Ctrl-C --------------------------------------------------------------------------------
    "running.interrupted_kept": (
        "已中断：{total} 个情景算完 {done} 个，已保存；用同一命令即可接着算。",
        "Interrupted: {done} of {total} scenarios are done and kept; the same command goes on from there.",
    ),
    "running.interrupted_lost": (
        "已中断：{total} 个情景算完 {done} 个，没有保存。",
        "Interrupted: {done} of {total} scenarios were done; they are not kept.",
    ),
    # -- manifests and rerun -------------------------------------------------------------------
    "running.rerun_help": (
        "按清单重做一次，逐字节核对结果",
        "Make files again from their manifest, and compare them byte for byte",
    ),
    "running.manifest_help": (
        "结果旁边的清单文件（….manifest.json）",
        "The manifest that stands beside what was written (….manifest.json)",
    ),
    "running.rerun_out_help": (
        "重做的文件写到哪个文件夹；不写则只核对，缺少的文件补回原处",
        "A folder for what is made again; without it files are compared, and put back where gone",
    ),
    "running.manifest_missing": (
        "没有这个文件；请检查名称和所在文件夹。清单在结果旁边，名为“结果文件名.manifest.json”。",
        "there is no such file; check its name and folder. A manifest stands beside what was written,"
        " as “its name.manifest.json”",
    ),
    "running.no_manifest": (
        "这不是清单文件（{error}）；清单在结果旁边，名为“结果文件名.manifest.json”。",
        "this is no manifest ({error}); it stands beside what was written, as “its name.manifest.json”",
    ),
    "running.other_manifest": (
        "清单的格式是 {form}，这个程序只认得 1；请改用写出它的版本。",
        "the manifest is of form {form}, this program knows 1; use the version that wrote it",
    ),
    "running.absolute": (
        "清单中的“{name}”是某台机器上的绝对路径；只能用相对于清单的路径。",
        "“{name}” in the manifest is a place on one machine; files are named as seen from it",
    ),
    "running.not_recorded": (
        "清单中的命令“{command}”不能重做。",
        "the command “{command}” of the manifest is none that can be run again",
    ),
    "running.input_missing": (
        "清单中的这个文件不在了；请放回原处再重做。",
        "this file of the manifest is not there; put it back and try again",
    ),
    "running.input_differs": (
        "文件改过了：清单中的 SHA-256 是 {was}…，现在是 {now}…；请换回原来的文件，或重新测算。",
        "the file has changed: its SHA-256 was {was}…, now it is {now}…; put the former back, or run anew",
    ),
    "running.other_version": (
        "{name} 当时是 {was}，现在是 {now}；照样重做并核对。",
        "{name} was {was} and is {now} now; files are made and compared all the same.",
    ),
    "running.rerun_failed": (
        "重做没有完成（退出码 {code}），没有写出文件。",
        "The command did not come to its end (exit {code}); nothing was written.",
    ),
    "running.rerun_same": ("{file}：逐字节相同", "{file}: the same, to the byte"),
    "running.rerun_differs": ("{file}：不同", "{file}: differs"),
    "running.rerun_not_made": ("{file}：这次没有写出", "{file}: was not written this time"),
    "running.rerun_not_expected": (
        "{file}：清单中没有",
        "{file}: is not in the manifest",
    ),
}
